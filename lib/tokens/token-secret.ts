import { hash as digest, randomBytes } from "node:crypto";

export type TokenKind = "service" | "personal";

/** A bearer token, which its owner sees once, and the hash and prefix that are stored. */
export type TokenSecret = { secret: string; hash: string; prefix: string };

const KIND_PREFIX = { service: "bsuid_svc_", personal: "bsuid_pat_" } as const;
const RANDOM_BYTES = 32;
/** The kind and six characters: enough to recognise a token, too few to help guess it. */
const SHOWN_CHARACTERS = 16;

/** A new random token of 256 bits, recognisable by its prefix (also to secret scanners). */
export function newTokenSecret(kind: TokenKind): TokenSecret {
  return toTokenSecret(KIND_PREFIX[kind] + randomBytes(RANDOM_BYTES).toString("base64url"));
}

/** The hash and prefix to store for a token. Plain SHA-256 is enough, since tokens are random. */
export function toTokenSecret(secret: string): TokenSecret {
  const hash = digest("sha256", secret, "hex");
  return { secret, hash, prefix: secret.slice(0, SHOWN_CHARACTERS) };
}

/** Whether a text has the form of a token of this kind. */
export function isTokenSecret(kind: TokenKind, text: string): boolean {
  return text.startsWith(KIND_PREFIX[kind]) && /^[A-Za-z0-9_-]{53}$/.test(text);
}
