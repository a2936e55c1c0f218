import { isUnavailable } from "../../db/is-unavailable.ts";
import { AppError } from "../../errors.ts";
import { logger } from "../../logger.ts";

/**
 * Turns anything thrown into an error whose message may go to a client. Unexpected errors are logged
 * under the request id, and the client gets only a general message.
 */
export function toAppError(error: unknown, requestId: string): AppError {
  if (error instanceof AppError) return error;
  if (isUnavailable(error)) {
    logger().warn({ requestId, ...toFields(error) }, "The database did not answer.");
    // The commit may or may not have happened; setting the same value twice is harmless.
    const message = "The database did not answer in time. Send the same request again shortly.";
    return new AppError("UNAVAILABLE", message);
  }
  logUnexpected(error, { requestId });
  const message = `Something went wrong here. Tell the operators the request id ${requestId}.`;
  return new AppError("INTERNAL", message);
}

/** Logs an unexpected error under the id of the request that met it. */
export function logUnexpected(
  error: unknown,
  about: { requestId: string; asked?: string; digest?: string },
): void {
  const stack = error instanceof Error ? error.stack : undefined;
  logger().error({ ...about, ...toFields(error), stack }, "A request failed unexpectedly.");
}

/** Named fields only: an error's other properties may contain what was sent. */
function toFields(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { cause: String(error) };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return { cause: `${error.name}: ${error.message}`, ...code };
}
