import { createHash } from "node:crypto";
import type { SignedEvent } from "../event.ts";

/** What a `person.erased` entry records: whose values were erased, how many, and a digest of their commitments. */
export type Erasure = { seq: number; personId: string; count: number; digest: string };

/** SHA-256, hex, of the commitments, sorted, one per line. */
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
