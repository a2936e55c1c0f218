import { createHash } from "node:crypto";
import type { SignedEvent } from "#lib/audit/event.ts";
import { NO_HEAD, signHead, signJson } from "#lib/audit/head/signed-head.ts";
import type { SignedEntry } from "#lib/audit/private/signed-entry.ts";
import type { SigningKey } from "#lib/ed25519.ts";

const ORIGIN = { origin: "018f0000-0000-4000-8000-000000000000", previous: NO_HEAD };

/** An export of any entries, correctly written and signed as by the console: only the entries can be wrong. */
export function signExport(
  events: readonly (SignedEvent | SignedEntry)[],
  signing: SigningKey,
  {
    headSigning = signing,
    ...says
  }: {
    headSigning?: SigningKey;
    isArchive?: true;
    filter?: object;
    erasures?: object;
    withheld?: "all" | "origins";
  } = {},
): string {
  const lines = events.map((event) => `${JSON.stringify(event)}\n`).join("");
  const { seq = 0, hash = "" } = events.at(-1) ?? {};
  const unsigned = {
    count: events.length,
    firstSeq: events[0]?.seq ?? null,
    lastSeq: seq,
    head: signHead(headSigning, { ...ORIGIN, seq, hash, at: new Date() }),
    filter: null,
    erasures: {},
    withheld: null,
    ...says,
    digest: sha256(lines),
    keyId: signing.publicKey.keyId,
    publicKey: signing.publicKey.text,
  };
  const signature = signJson(signing.privateKey, unsigned);
  return `${lines}${JSON.stringify({ manifest: { ...unsigned, signature } })}\n`;
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
