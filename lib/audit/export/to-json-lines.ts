import { createHash } from "node:crypto";
import { type Manifest, signManifest } from "./manifest.ts";
import type { Page } from "./read-matching.ts";

/** An event a line, and the signed manifest as the last one. */
export async function* toJsonLines(
  pages: AsyncIterable<Page>,
  summary: Omit<Manifest, "digest" | "keyId" | "publicKey" | "signature">,
): AsyncGenerator<string> {
  const digest = createHash("sha256");
  for await (const { text } of pages) {
    digest.update(text);
    yield text;
  }
  const manifest = signManifest({ ...summary, digest: digest.digest("hex") });
  yield `${JSON.stringify({ manifest })}\n`;
}
