import { createHash, sign, verify } from "node:crypto";
import canonicalize from "canonicalize";
import type { PublicKey, SigningKey } from "../../ed25519.ts";

/** A signature over the trail up to entry `seq`: whoever keeps it can tell later whether that part was rewritten. */
export type SignedHead = {
  /** Which trail: a UUID, new for each database and each acknowledged restore. */
  origin: string;
  /** The last entry; 0 for an empty trail. */
  seq: number;
  /** The hash of that entry. */
  hash: string;
  /** ISO 8601, UTC, milliseconds. */
  signedAt: string;
  /** The hash of the head signed before (see `hashHead`); 64 zeros for the first of its origin. */
  previous: string;
  keyId: string;
  /** Ed25519, base64, over the RFC 8785 canonical JSON of the six fields above. */
  signature: string;
};

/** The `previous` of an origin's first head. */
export const NO_HEAD = "0".repeat(64);

/** The content of a head before it is signed. */
export type HeadContent = Pick<SignedHead, "origin" | "seq" | "hash" | "previous"> & { at: Date };

export function signHead({ privateKey, publicKey }: SigningKey, content: HeadContent): SignedHead {
  const { origin, seq, hash, previous, at } = content;
  const { keyId } = publicKey;
  const unsigned = { origin, seq, hash, signedAt: at.toISOString(), previous, keyId };
  return { ...unsigned, signature: signJson(privateKey, unsigned) };
}

/** Whether the holder of this key signed this head. */
export function isSignedBy(publicKey: PublicKey, head: SignedHead): boolean {
  const { origin, seq, hash, signedAt, previous, keyId, signature } = head;
  return isJsonSigned(publicKey, { origin, seq, hash, signedAt, previous, keyId }, signature);
}

/** SHA-256, hex, over the RFC 8785 canonical JSON of the head with its signature. */
export function hashHead(head: SignedHead): string {
  return createHash("sha256").update(toBytes(head)).digest("hex");
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
