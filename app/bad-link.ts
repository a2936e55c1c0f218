import { AppError } from "#lib/errors.ts";

/** What an address asks for; "bad-link" when a part of it is not one, such as an old cursor. */
export async function orBadLink<Found>(finding: Promise<Found>): Promise<Found | "bad-link"> {
  try {
    return await finding;
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_INPUT") return "bad-link";
    throw error;
  }
}
