import { notFound } from "next/navigation";
import { AppError } from "#lib/errors.ts";

/** Resolves to what was read. An unknown or malformed id, or cursor, shows the not-found page. */
export async function orNotFound<Result>(reading: Promise<Result>): Promise<Result> {
  try {
    return await reading;
  } catch (error) {
    const isAbsent =
      error instanceof AppError && (error.code === "NOT_FOUND" || error.code === "INVALID_INPUT");
    if (isAbsent) notFound();
    throw error;
  }
}
