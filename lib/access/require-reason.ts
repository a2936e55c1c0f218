import { AppError } from "../errors.ts";

/** @throws AppError INVALID_INPUT when the reason for changing somebody else's access is missing */
export function requireReason(reason: string | undefined): void {
  if (reason !== undefined) return;
  const message = "Say why: this ends somebody else's access.";
  throw new AppError("INVALID_INPUT", message, [{ path: "reason", message }]);
}
