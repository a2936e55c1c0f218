import type { Person } from "../db/generated/client.ts";

const HOUR_MS = 3_600_000;

/** So long anybody who watches the trail can take back what should not be erased. */
export const ERASURE_WAIT_HOURS = 72;

/** When somebody may be erased at the earliest, if that is asked for. */
export function toErasureDue(requestedAt: Date): Date {
  return new Date(requestedAt.getTime() + ERASURE_WAIT_HOURS * HOUR_MS);
}

/** What stands in the record of somebody who was erased. Their id stays, which the trail has. */
export function toErasedRecord({ id }: Pick<Person, "id">): { name: string; email: string } {
  const short = id.replaceAll("-", "").slice(-12);
  return { name: `Erased person ${short}`, email: `erased-${short}@erased.invalid` };
}
