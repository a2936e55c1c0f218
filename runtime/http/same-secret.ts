import { createHash, timingSafeEqual } from "node:crypto";

/** Whether both are equal, in a time that does not depend on where they differ or how long they are. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
