import { createHash } from "node:crypto";
import { type Manifest, signManifest } from "./manifest.ts";

/** An event a line, and the signed manifest as the last one. */
export async function* toJsonLines(
  pages: AsyncIterable<readonly string[]>,
  summary: Omit<Manifest, "digest" | "keyId" | "publicKey" | "signature">,
): AsyncGenerator<string> {
  const digest = createHash("sha256");
  for await (const page of pages) {
    const lines = `${page.join("\n")}\n`;
    digest.update(lines);
    yield lines;
  }
  const manifest = signManifest({ ...summary, digest: digest.digest("hex") });
  yield `${JSON.stringify({ manifest })}\n`;
}
