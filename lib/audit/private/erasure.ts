import { createHash } from "node:crypto";
import type { SignedEvent } from "../event.ts";

/** What an entry `person.erased` tells: whose values were erased, how many, and which, by `digest`. */
export type Erasure = { seq: number; personId: string; count: number; digest: string };

/** SHA-256, hex, of commitments, sorted, one a line. */
export function digestCommitments(commitments: readonly string[]): string {
  const lines = commitments.toSorted().map((commitment) => `${commitment}\n`);
  return createHash("sha256").update(lines.join("")).digest("hex");
}

/** Reads an entry `person.erased`. */
export function toErasure({ seq, target, after }: SignedEvent): Erasure {
  return {
    seq,
    personId: target.id,
    count: Number(after?.count),
    digest: String(after?.digest),
  };
}
