import type { PersonActor } from "../access/actor.ts";
import { can } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { countUnread } from "../notices/count-unread.ts";
import { IS_COUNTED, IS_OF_THIS_TIMELINE, LIVE_SECONDS } from "../runtimes/instance-conditions.ts";
import { readFigures } from "./read-figures.ts";

/** What waits behind the links of the navigation. */
export type Overview = {
  /** The numbers in service, and those of them that lost messages in the last 7 days. */
  inService: number;
  losing: number;
  /** Open requests: those that the person may decide, else those that they made. */
  requests: number;
  /** Schedules that wait for their time. */
  schedules: number;
  /** Whether a runtime is silent, or holds flags of another database. */
  hasTroubledRuntime: boolean;
  /** Notices of the person that they have not read. */
  unread: number;
};

/** Reads what waits for a person. Where they may not look, there is none. */
export async function readOverview(actor: PersonActor): Promise<Overview> {
  const mine = can(actor, "request:decide")
    ? Prisma.sql`requested_by_id <> ${actor.id}::uuid`
    : Prisma.sql`requested_by_id = ${actor.id}::uuid`;
  const canReadNumbers = can(actor, "number:read");
  const [figures, unread, [waiting]] = await Promise.all([
    canReadNumbers ? readFigures(actor) : null,
    countUnread(actor),
    db().$queryRaw<Waiting[]>`
      SELECT
        (SELECT count(*)::int FROM change_request WHERE state = 'open' AND ${mine}) AS requests,
        (SELECT count(*)::int FROM schedule WHERE state = 'waiting') AS schedules,
        EXISTS (SELECT FROM runtime_instance i WHERE ${IS_COUNTED} AND (
          i.last_heard_at <= now() - make_interval(secs => ${LIVE_SECONDS})
          OR NOT ${IS_OF_THIS_TIMELINE})) AS "hasTroubledRuntime"`,
  ]);
  const canReadDesk = can(actor, "desk:read");
  return {
    inService: figures?.inService ?? 0,
    losing: figures?.losing ?? 0,
    requests: canReadDesk ? (waiting?.requests ?? 0) : 0,
    schedules: canReadDesk ? (waiting?.schedules ?? 0) : 0,
    hasTroubledRuntime: canReadNumbers && (waiting?.hasTroubledRuntime ?? false),
    unread,
  };
}

type Waiting = { requests: number; schedules: number; hasTroubledRuntime: boolean };
