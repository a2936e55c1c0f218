import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** Whether a webhook has Connectly's signature, the base64 HMAC-SHA256 of the raw body. */
export function checkSignature(raw: Buffer, headers: IncomingHttpHeaders, secret: string): boolean {
  const given = Buffer.from(String(headers["x-connectly-hmac-sha256"] ?? ""), "base64");
  const expected = createHmac("sha256", secret).update(raw).digest();
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
