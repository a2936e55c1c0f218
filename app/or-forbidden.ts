import { forbidden } from "next/navigation";
import { AppError } from "#lib/errors.ts";

/**
 * Resolves to a verb's result. When the verb refuses the person, shows the forbidden page with status
 * 403.
 */
export async function orForbidden<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError && error.code === "FORBIDDEN") forbidden();
    throw error;
  }
}
