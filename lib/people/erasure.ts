import type { Person } from "../db/generated/client.ts";

const HOUR_MS = 3_600_000;

/** How long admins have to withdraw a request that should not have been made. */
export const ERASURE_WAIT_HOURS = 72;

/** The earliest time at which somebody may be erased whose erasure was requested then. */
export function toErasureDue(requestedAt: Date): Date {
  return new Date(requestedAt.getTime() + ERASURE_WAIT_HOURS * HOUR_MS);
}

/** Name and address in the record of somebody who was erased, made of their id, which the trail keeps. */
export function toErasedRecord({ id }: Pick<Person, "id">): { name: string; email: string } {
  const short = id.replaceAll("-", "").slice(-12);
  return { name: `Erased person ${short}`, email: `erased-${short}@erased.invalid` };
}
