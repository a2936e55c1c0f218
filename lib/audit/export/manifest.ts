import type { PublicKey } from "../../ed25519.ts";
import type { AuditFields } from "../event.ts";
import { auditKeys } from "../head/audit-keys.ts";
import { isJsonSigned, type SignedHead, signJson } from "../head/signed-head.ts";

/** What is known of an export before its first line. */
export type ExportSummary = {
  count: number;
  /** Null for an empty export, like `lastSeq`. */
  firstSeq: number | null;
  lastSeq: number | null;
  /** The trail's end when the export began; it has no later entries. */
  head: SignedHead;
};

/** The last line of a JSON Lines export. */
export type Manifest = ExportSummary & {
  /** The export's filter; null for the whole trail. */
  filter: AuditFields | null;
  /** The commitments to erased values, by the `person.erased` entry that recorded the erasure. */
  erasures: { [seq: string]: string[] };
  /** Which openings are left out though they are not erased: all in an archive, or those of origins. */
  withheld: "all" | "origins" | null;
  /** The file is an archive (lib/audit/archive/): it ends where its part of the trail ends. */
  isArchive?: true;
  /** SHA-256, hex, of every byte before this line. */
  digest: string;
  keyId: string;
  /** SPKI DER, base64. */
  publicKey: string;
  /** Ed25519, base64, over the RFC 8785 canonical JSON of the manifest without its signature. */
  signature: string;
};

export function signManifest(
  content: Omit<Manifest, "keyId" | "publicKey" | "signature">,
): Manifest {
  const { privateKey, publicKey } = auditKeys().signing;
  const unsigned = { ...content, keyId: publicKey.keyId, publicKey: publicKey.text };
  return { ...unsigned, signature: signJson(privateKey, unsigned) };
}

export function isManifestSignedBy(key: PublicKey, { signature, ...unsigned }: Manifest): boolean {
  return isJsonSigned(key, unsigned, signature);
}
