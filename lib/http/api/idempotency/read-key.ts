import { AppError } from "../../../errors.ts";

const IS_KEY = /^[\x20-\x7e]{1,255}$/;

/**
 * The request's `Idempotency-Key`; null without one.
 *
 * @throws AppError INVALID_INPUT unless it is 1 to 255 printable ASCII characters
 */
export function readIdempotencyKey({ headers }: Request): string | null {
  const key = headers.get("idempotency-key");
  if (key === null || IS_KEY.test(key)) return key;
  const message = "Idempotency-Key must be 1 to 255 printable ASCII characters.";
  throw new AppError("INVALID_INPUT", message, [{ path: "Idempotency-Key", message }]);
}
