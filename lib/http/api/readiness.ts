import { randomUUID } from "node:crypto";
import { headTrouble } from "../../audit/head/head-trouble.ts";
import { clockOffSeconds } from "../../db/database-clock.ts";
import { trailGuardProblems } from "../../db/trail-guard.ts";
import { flagFeed } from "../../flags/flag-feed.ts";
import { processSlot } from "../../process-slot.ts";

/** Whether this instance can do its work. */
export type Readiness = {
  status: "ok" | "unavailable";
  database: "up" | "down";
  /** The cursor of the flags as served here; null before they were loaded. */
  cursor: string | null;
  instance: string;
  /** Why the audit trail's heads are no longer signed; absent while they are. */
  auditHeadProblem?: string;
  /** Why the database does not keep this console from changing the trail; absent while it does. */
  trailGuardProblems?: string[];
  /** Present only when this console's clock and the database's differ by more than a minute. */
  clockOffSeconds?: number;
};

const slot = processSlot<string>("instance");

/** Ready once flags can be served, and from then on even while the database is away. */
export function readReadiness(): Readiness {
  slot.value ??= randomUUID().slice(0, 8);
  const feed = flagFeed();
  const cursor = feed.timeline?.cursor ?? null;
  const clockOff = clockOffSeconds();
  const problem = headTrouble();
  const guardProblems = trailGuardProblems();
  return {
    status: cursor === null ? "unavailable" : "ok",
    database: feed.ageSeconds === null ? "up" : "down",
    cursor,
    instance: slot.value,
    ...(problem === null ? {} : { auditHeadProblem: problem }),
    ...(guardProblems.length === 0 ? {} : { trailGuardProblems: [...guardProblems] }),
    ...(clockOff === null ? {} : { clockOffSeconds: clockOff }),
  };
}
