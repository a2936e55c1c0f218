import { sign, verify } from "node:crypto";
import canonicalize from "canonicalize";
import type { PublicKey, SigningKey } from "./ed25519.ts";

/** The trail up to entry `seq`, sworn to: whoever keeps one can tell later whether it was rewritten. */
export type SignedHead = {
  /** The last entry; 0 for a trail without any. */
  seq: number;
  /** The hash of that entry. */
  hash: string;
  /** ISO 8601, UTC, milliseconds. */
  signedAt: string;
  keyId: string;
  /** Ed25519, base64, over the RFC 8785 canonical JSON of the four fields above. */
  signature: string;
};

/** Signs where the trail ends now. */
export function signHead(
  { privateKey, publicKey }: SigningKey,
  { seq, hash, at }: { seq: number; hash: string; at: Date },
): SignedHead {
  const unsigned = { seq, hash, signedAt: at.toISOString(), keyId: publicKey.keyId };
  return { ...unsigned, signature: signJson(privateKey, unsigned) };
}

/** Whether the holder of this key swore to this head. */
export function isSignedBy(publicKey: PublicKey, { signature, ...unsigned }: SignedHead): boolean {
  const { seq, hash, signedAt, keyId } = unsigned;
  return isJsonSigned(publicKey, { seq, hash, signedAt, keyId }, signature);
}

/** Ed25519 over the UTF-8 of the RFC 8785 canonical JSON, in base64. */
export function signJson(privateKey: SigningKey["privateKey"], value: object): string {
  return sign(null, toBytes(value), privateKey).toString("base64");
}

export function isJsonSigned({ key }: PublicKey, value: object, signature: string): boolean {
  return verify(null, toBytes(value), key, Buffer.from(signature, "base64"));
}

function toBytes(value: object): Buffer {
  const json = canonicalize(value);
  if (json === undefined) throw new Error("What is signed has to be JSON.");
  return Buffer.from(json, "utf8");
}
