import { createHash, randomBytes } from "node:crypto";
import canonicalize from "canonicalize";

const SALT_BYTES = 16;

/** Stands in an entry in place of a personal value: SHA-256, hex, of the salt and the value. */
export type Commitment = { $private: string };

/** A value that an entry can commit to. */
export type OpenValue = string | { [name: string]: string | null };

/** What shows which value a commitment was made of. */
export type Opening = {
  /** 16 random bytes, base64url. */
  salt: string;
  value: OpenValue;
};

/** SHA-256, hex, over the RFC 8785 canonical JSON of the salt and the value. */
export function hashOpening({ salt, value }: Opening): string {
  const json = canonicalize({ salt, value });
  if (json === undefined) throw new Error("A private value has no canonical JSON.");
  return createHash("sha256").update(json).digest("hex");
}

export function newSalt(): string {
  return randomBytes(SALT_BYTES).toString("base64url");
}

/** Whether a value is a commitment, with no other fields. */
export function isCommitment(value: unknown): value is Commitment {
  return (
    typeof value === "object" &&
    value !== null &&
    "$private" in value &&
    typeof value.$private === "string" &&
    /^[0-9a-f]{64}$/.test(value.$private) &&
    Object.keys(value).length === 1
  );
}
