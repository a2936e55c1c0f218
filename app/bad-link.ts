import { AppError } from "#lib/errors.ts";

/** Returns "bad-link" instead of throwing when a part of the address is invalid, such as an old cursor. */
export async function orBadLink<Result>(pending: Promise<Result>): Promise<Result | "bad-link"> {
  try {
    return await pending;
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_INPUT") return "bad-link";
    throw error;
  }
}
