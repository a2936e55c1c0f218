import { getConfig } from "#lib/config.ts";
import { AppError } from "#lib/errors.ts";

/** @throws AppError CONFLICT where nobody signs in with a password */
export function requirePasswords(): void {
  if (getConfig().passwordSignIn) return;
  const message = "Nobody signs in with a password here.";
  throw new AppError("CONFLICT", message, [{ path: "", message }]);
}
