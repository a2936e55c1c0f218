import { createHash } from "node:crypto";
import { type Manifest, signManifest } from "./manifest.ts";
import type { Page } from "./read-matching.ts";

type Summary = Omit<Manifest, "digest" | "erasures" | "keyId" | "publicKey" | "signature">;

/**
 * One line per event, and the signed manifest as the last line.
 *
 * @param readErasures called after the last event, because somebody may be erased meanwhile
 */
export async function* toJsonLines(
  pages: AsyncIterable<Page>,
  summary: Summary,
  readErasures: () => Promise<Manifest["erasures"]>,
): AsyncGenerator<string> {
  const digest = createHash("sha256");
  for await (const { text } of pages) {
    digest.update(text);
    yield text;
  }
  const erasures = await readErasures();
  const manifest = signManifest({ ...summary, erasures, digest: digest.digest("hex") });
  yield `${JSON.stringify({ manifest })}\n`;
}
