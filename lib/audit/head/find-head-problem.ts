import type { PublicKey } from "../../ed25519.ts";
import { isSignedBy, type SignedHead } from "./signed-head.ts";

/**
 * What is wrong with a signed head whose entry now has the hash `hash`; null when nothing is.
 *
 * @param keys the trusted keys; if there are none, signatures are not checked
 */
export function findHeadProblem(
  head: SignedHead,
  { hash, keys }: { hash: string; keys: ReadonlyMap<string, PublicKey> },
): string | null {
  if (head.hash !== hash) {
    return `Entry ${head.seq} is not the one that was signed on ${head.signedAt}: the trail was rewritten, at this entry or before it.`;
  }
  if (keys.size === 0) return null;
  const key = keys.get(head.keyId);
  if (!key) {
    return `The head of entry ${head.seq} is signed by the key ${head.keyId}, which is not known here. Name the public key if you trust it.`;
  }
  if (isSignedBy(key, head)) return null;
  return `The head of entry ${head.seq} of ${head.signedAt} was edited: its signature is not of the key ${head.keyId}.`;
}
