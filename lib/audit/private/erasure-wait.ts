const HOUR_MS = 3_600_000;

/** How long admins have to withdraw a request that should not have been made. */
export const ERASURE_WAIT_HOURS = 72;

/** The earliest time at which a requested erasure may be applied. */
export function toErasureDue(requestedAt: Date): Date {
  return new Date(requestedAt.getTime() + ERASURE_WAIT_HOURS * HOUR_MS);
}
