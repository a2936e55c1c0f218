import { logger } from "../logger.ts";
import { processSlot } from "../process-slot.ts";

/** A smaller difference may just be the time that the answer took. */
const NEGLIGIBLE_MS = 2_000;
/** A larger difference is a fault: people and other programs see impossible times. */
const OFF_MS = 60_000;
const LOG_AGAIN_MS = 600_000;

type Reading = { databaseMs: number; readAt: number; loggedAt: number };

const slot = processSlot<Reading>("database-clock");

/** Sets the time of the database's clock just now, in milliseconds since 1970. */
export function setDatabaseClock(databaseMs: number): void {
  const readAt = performance.now();
  const loggedAt = slot.value?.loggedAt ?? Number.NEGATIVE_INFINITY;
  slot.value = { databaseMs, readAt, loggedAt };
  const offSeconds = clockOffSeconds();
  if (offSeconds === null || readAt - loggedAt < LOG_AGAIN_MS) return;
  slot.value.loggedAt = readAt;
  logger().error({ offSeconds }, "This console's clock and the database's differ.");
}

/**
 * The time by the database's clock, which all consoles share and by which everything expires. By this
 * console's own clock until the database has been reached once.
 */
export function databaseNow(): Date {
  const own = Date.now();
  const offMs = readOffset(own);
  return new Date(Math.abs(offMs) < NEGLIGIBLE_MS ? own : own - offMs);
}

/** How far this console's clock is ahead of the database's, in seconds; negative when behind, null within a minute. */
export function clockOffSeconds(): number | null {
  const offMs = readOffset(Date.now());
  return Math.abs(offMs) > OFF_MS ? Math.round(offMs / 1_000) : null;
}

/** Milliseconds ahead. Counted by the monotonic clock, because this console's own may be changed at any time. */
function readOffset(own: number): number {
  const reading = slot.value;
  return reading ? own - (reading.databaseMs + performance.now() - reading.readAt) : 0;
}
