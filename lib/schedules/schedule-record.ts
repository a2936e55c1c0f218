import type { Prisma } from "../db/generated/client.ts";
import { every } from "../every.ts";

export type ScheduleState = "waiting" | "done" | "failed" | "cancelled";

/** Every state of a schedule, in the order in which lists offer them. */
export const SCHEDULE_STATES = every<ScheduleState>()(["waiting", "done", "failed", "cancelled"]);

/** A schedule as the API and the screens show it. Times are ISO 8601, UTC, but `localTime`. */
export type ScheduleRecord = {
  id: string;
  state: ScheduleState;
  /** What it does, in a few words. */
  title: string;
  /** With the version that each number is bound to. */
  changes: { phoneNumberId: string; acceptsBsuid: boolean; flagVersion: number }[];
  at: string;
  /** The zone of `localTime`, as it was given. */
  zone: string;
  localTime: string;
  /** How many hours later it may still be carried out; null: without limit. */
  lateHours: number | null;
  /** Whether it fails when a number changed meanwhile. */
  isBound: boolean;
  reason: string;
  ticketUrl: string | null;
  author: { email: string; name: string };
  /** The approved request that it carries out. */
  requestId: string | null;
  /** The schedule that has to be done before. */
  afterId: string | null;
  /** The second half of "on until …". */
  endsWith: string | null;
  /** Why it was not carried out. */
  failure: { code: string; detail: string } | null;
  endedAt: string | null;
  /** Of its flips. */
  batchId: string | null;
};

/** What a query has to include for `toScheduleRecord`. */
export const SCHEDULE_RECORD_INCLUDE = {
  items: { orderBy: { phoneNumberId: "asc" } },
  author: { select: { email: true, name: true } },
  followers: { where: { isSecondHalf: true }, select: { id: true } },
} as const satisfies Prisma.ScheduleInclude;

type Row = Prisma.ScheduleGetPayload<{ include: typeof SCHEDULE_RECORD_INCLUDE }>;

export function toScheduleRecord(row: Row): ScheduleRecord {
  return {
    id: row.id,
    // The database checks it.
    state: row.state as ScheduleState,
    title: row.display,
    changes: row.items.map(({ phoneNumberId, acceptsBsuid, flagVersion }) => ({
      phoneNumberId,
      acceptsBsuid,
      flagVersion,
    })),
    at: row.at.toISOString(),
    zone: row.zone,
    localTime: row.localTime,
    lateHours: row.lateHours,
    isBound: row.isBound,
    reason: row.reason,
    ticketUrl: row.ticketUrl,
    author: row.author,
    requestId: row.requestId,
    afterId: row.afterId,
    endsWith: row.followers[0]?.id ?? null,
    failure:
      row.failureCode === null
        ? null
        : { code: row.failureCode, detail: row.failureDetail ?? row.failureCode },
    endedAt: row.endedAt?.toISOString() ?? null,
    batchId: row.batchId,
  };
}
