import { hash as digest, randomBytes } from "node:crypto";

export type TokenKind = "service" | "personal";

/** A bearer token as its owner sees it once, and what is kept of it. */
export type TokenSecret = { secret: string; hash: string; prefix: string };

const KIND_PREFIX = { service: "bsuid_svc_", personal: "bsuid_pat_" } as const;
const RANDOM_BYTES = 32;
/** The kind and six characters: enough to recognise, useless to guess from. */
const SHOWN_CHARACTERS = 16;

/** A new random token of 256 bits, recognisable by its prefix (also to secret scanners). */
export function newTokenSecret(kind: TokenKind): TokenSecret {
  return toTokenSecret(KIND_PREFIX[kind] + randomBytes(RANDOM_BYTES).toString("base64url"));
}

/** What is kept of a token. Plain SHA-256 will do, since the token is random, not chosen. */
export function toTokenSecret(secret: string): TokenSecret {
  const hash = digest("sha256", secret, "hex");
  return { secret, hash, prefix: secret.slice(0, SHOWN_CHARACTERS) };
}

/** Answers whether a text has the form of a token of this kind. */
export function isTokenSecret(kind: TokenKind, text: string): boolean {
  return text.startsWith(KIND_PREFIX[kind]) && /^[A-Za-z0-9_-]{53}$/.test(text);
}
