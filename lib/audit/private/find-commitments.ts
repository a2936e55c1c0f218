import type { SignedEvent, SignedFields } from "../event.ts";
import { type Commitment, isCommitment } from "./commitment.ts";

/** The commitments of an entry, by where they stand in it. */
export function findCommitments({ actor, target, before, after, origin, onBehalfOf }: SignedEvent) {
  return {
    identity: toHex(actor.identity),
    target: toHex(target.display),
    origin: toHex(origin),
    onBehalfOf: toHex(onBehalfOf?.identity),
    fields: [...findInFields(before), ...findInFields(after)],
  };
}

/** The commitment to the address that a refused attempt came from, which its entry has in `after.from`. */
export function findFromCommitment({ after }: SignedEvent): string | null {
  return toHex(after?.from);
}

/** All commitments of an entry. */
export function listCommitments(event: SignedEvent): string[] {
  const { identity, target, origin, onBehalfOf, fields } = findCommitments(event);
  return [identity, target, origin, onBehalfOf, ...fields].filter((hex) => hex !== null);
}

function findInFields(fields: SignedFields | null): string[] {
  return Object.values(fields ?? {}).flatMap((value) => toHex(value) ?? []);
}

function toHex(value: unknown): string | null {
  return isCommitment(value) ? (value satisfies Commitment).$private : null;
}
