import type { SignedEvent, SignedFields } from "../event.ts";
import { type Commitment, isCommitment } from "./commitment.ts";

export type Commitments = ReturnType<typeof findCommitments>;

/** The commitments of an entry: by the part they are in, and all of them. */
export function findCommitments({ actor, target, before, after, origin, onBehalfOf }: SignedEvent) {
  const placed = {
    identity: toHex(actor.identity),
    target: toHex(target.display),
    origin: toHex(origin),
    onBehalfOf: toHex(onBehalfOf?.identity),
  };
  const all = [...Object.values(placed), ...findInFields(before), ...findInFields(after)];
  return { ...placed, all: all.filter((hex) => hex !== null) };
}

/** The commitment in `after.from`: the address that a refused attempt came from. */
export function findFromCommitment({ after }: SignedEvent): string | null {
  return toHex(after?.from);
}

/** All commitments of an entry. */
export function listCommitments(event: SignedEvent): string[] {
  return findCommitments(event).all;
}

function findInFields(fields: SignedFields | null): string[] {
  return Object.values(fields ?? {}).flatMap((value) => toHex(value) ?? []);
}

function toHex(value: unknown): string | null {
  return isCommitment(value) ? (value satisfies Commitment).$private : null;
}
