import type { AuditFields } from "../event.ts";
import { auditKeys } from "../head/audit-keys.ts";
import type { PublicKey } from "../head/ed25519.ts";
import { isJsonSigned, type SignedHead, signJson } from "../head/signed-head.ts";

/** What an export says of itself before its first line. */
export type ExportSummary = {
  count: number;
  /** Null when it is empty. */
  firstSeq: number | null;
  lastSeq: number | null;
  /** The trail's end when the export began: it has nothing later. */
  head: SignedHead;
};

/** The last line of a JSON Lines export. */
export type Manifest = ExportSummary & {
  /** What the export was narrowed by; null for the whole trail. */
  filter: AuditFields | null;
  /** The values that were erased, by the entry `person.erased` that tells of them: their commitments. */
  erasures: { [seq: string]: string[] };
  /** Openings that are left out though nobody erased them: all, in an archive, or those of origins. */
  withheld: "all" | "origins" | null;
  /** It is a part of the trail that left it (lib/audit/archive/), and ends where that part does. */
  isArchive?: true;
  /** SHA-256, hex, of every byte before this line. */
  digest: string;
  keyId: string;
  /** SPKI DER, base64. */
  publicKey: string;
  /** Ed25519, base64, over the RFC 8785 canonical JSON of the manifest without it. */
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
