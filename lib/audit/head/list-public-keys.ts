import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { auditKeys } from "./audit-keys.ts";

/** A key that signed heads; `publicKey` is SPKI DER in base64, the inside of a PEM file. */
export type ListedKey = { keyId: string; publicKey: string; isActive: boolean };

/** The keys that sign heads or did so before. Takes `audit:read`. */
export function listPublicKeys(actor: Actor): ListedKey[] {
  authorize(actor, "audit:read");
  const { signing, keys } = auditKeys();
  return [...keys.values()].map(({ keyId, text }) => {
    return { keyId, publicKey: text, isActive: keyId === signing.publicKey.keyId };
  });
}
