import { appendEvents, type OnBehalfOf } from "../audit/append-events.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import type { FlagTarget } from "../flags/gate.ts";
import { countChanges, describeChanges } from "../flags/pending/describe-changes.ts";
import type { WishedTime } from "../flags/pending/open-request.ts";
import { toScheduleTarget } from "../waiting/end-schedules.ts";

/** What is to be done at a time. */
export type NewSchedule = {
  /** Numbers as they will be by then: it is bound to their versions. */
  targets: readonly FlagTarget[];
  time: WishedTime;
  /** False: sets the flags whatever happened to the numbers meanwhile. */
  isBound?: boolean;
  reason: string;
  ticketUrl: string | null;
  /** The approved request that it carries out, and who asked for it. */
  request?: { id: string; requester: OnBehalfOf } | undefined;
  /** The schedule that has to be done before. */
  afterId?: string | null;
  /** It is the end of "on until …", and `afterId` its first half. */
  isSecondHalf?: boolean;
};

/**
 * Writes a schedule of the transaction's actor, with its entry in the trail. The caller has checked that they
 * may schedule it.
 */
export async function addSchedule(tx: AuditedTransaction, schedule: NewSchedule): Promise<string> {
  const { actor } = tx;
  if (actor.type !== "person") throw new Error("Only people schedule changes.");
  const { targets, time, reason, ticketUrl, request } = schedule;
  const { isBound = true, afterId = null, isSecondHalf = false } = schedule;
  const display = describeChanges(targets);
  const { id } = await tx.db.schedule.create({
    data: {
      display,
      ...time,
      nextAttemptAt: time.at,
      isBound,
      reason,
      ticketUrl,
      authorId: actor.id,
      tokenId: actor.tokenId,
      sessionId: actor.sessionId,
      requestId: request?.id ?? null,
      afterId,
      isSecondHalf,
      createdAt: tx.now,
    },
  });
  // One statement with three parameters: the ledger is held, and there may be ten thousand.
  await tx.db.$executeRaw`
    INSERT INTO schedule_item (schedule_id, phone_number_id, accepts_bsuid, flag_version)
    SELECT ${id}::uuid, c.phone_number_id, c.accepts_bsuid, c.flag_version
    FROM unnest(${targets.map(({ number }) => number.phoneNumberId)}::text[],
                ${targets.map(({ acceptsBsuid }) => acceptsBsuid)}::boolean[],
                ${targets.map(({ number }) => number.flagVersion)}::int[])
      AS c(phone_number_id, accepts_bsuid, flag_version)`;
  await appendEvents(tx, [
    {
      action: "schedule.created",
      target: toScheduleTarget({ id, display }),
      before: null,
      after: {
        state: "waiting",
        ...countChanges(targets),
        at: time.at.toISOString(),
        localTime: time.localTime,
        zone: time.zone,
        lateHours: time.lateHours,
        ...(isBound ? {} : { isBound }),
        ...(request ? { requestId: request.id } : {}),
        ...(afterId === null ? {} : { afterId }),
        ...(isSecondHalf ? { isSecondHalf } : {}),
      },
      reason,
      ticketUrl,
      onBehalfOf: request?.requester,
    },
  ]);
  return id;
}
