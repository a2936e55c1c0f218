import { createHmac, timingSafeEqual } from "node:crypto";

const FORM = /^sha256=([0-9a-f]{64})$/i;

/**
 * Whether `header` (`X-Hub-Signature-256`) is Meta's signature of exactly these bytes: HMAC-SHA256 with
 * the app secret, in hex. The comparison takes constant time.
 */
export function isSignedByMeta(
  raw: Buffer,
  { header, appSecret }: { header: string | undefined; appSecret: string },
): boolean {
  const given = FORM.exec(header ?? "")?.[1];
  if (given === undefined) return false;
  const expected = createHmac("sha256", appSecret).update(raw).digest();
  return timingSafeEqual(expected, Buffer.from(given, "hex"));
}
