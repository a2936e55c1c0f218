import { AppError } from "../errors.ts";

/** @throws AppError INVALID_INPUT when somebody else's access is changed and nobody says why */
export function requireReason(reason: string | undefined): void {
  if (reason !== undefined) return;
  const message = "Say why: this ends somebody else's access.";
  throw new AppError("INVALID_INPUT", message, [{ path: "reason", message }]);
}
