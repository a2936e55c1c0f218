import { logger } from "../logger.ts";

/** Within this, what the answer took on its way cannot be told from a difference. */
const TELLABLE_MS = 2_000;
/** From here on it is a fault: people and other programs see times that cannot be. */
const OFF_MS = 60_000;
const LOG_AGAIN_MS = 600_000;

type Reading = { databaseMs: number; readAt: number; loggedAt: number };

/** Next bundles its own copy of lib/; one slot on the process keeps one reading. */
const slot = Symbol.for("bsuid-console.database-clock");
const holder = globalThis as { [slot]?: Reading };

/** Takes what the database's clock said a moment ago, in milliseconds since 1970. */
export function setDatabaseClock(databaseMs: number): void {
  const readAt = performance.now();
  const loggedAt = holder[slot]?.loggedAt ?? Number.NEGATIVE_INFINITY;
  holder[slot] = { databaseMs, readAt, loggedAt };
  const offSeconds = clockOffSeconds();
  if (offSeconds === null || readAt - loggedAt < LOG_AGAIN_MS) return;
  holder[slot].loggedAt = readAt;
  logger().error({ offSeconds }, "This console's clock and the database's differ.");
}

/**
 * The time by the database's clock, which all consoles share: what expires, expires by it. Our
 * own until the database was reached once.
 */
export function databaseNow(): Date {
  const own = Date.now();
  const offMs = readOffset(own);
  return new Date(Math.abs(offMs) < TELLABLE_MS ? own : own - offMs);
}

/** How far this console's clock is ahead of the database's, negative when behind; null within a minute. */
export function clockOffSeconds(): number | null {
  const offMs = readOffset(Date.now());
  return Math.abs(offMs) > OFF_MS ? Math.round(offMs / 1_000) : null;
}

/** Our own clock may be set anew at any time; the monotonic one goes on. */
function readOffset(own: number): number {
  const reading = holder[slot];
  return reading ? own - (reading.databaseMs + performance.now() - reading.readAt) : 0;
}
