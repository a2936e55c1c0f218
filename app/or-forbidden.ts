import { forbidden } from "next/navigation";
import { AppError } from "#lib/errors.ts";

/** What a verb gives a page; when it refuses the person, the page that says so, with status 403. */
export async function orForbidden<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError && error.code === "FORBIDDEN") forbidden();
    throw error;
  }
}
