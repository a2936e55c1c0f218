import { appendEvents, type OnBehalfOf } from "../audit/append-events.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import type { FlagTarget } from "../flags/gate.ts";
import { describeChanges } from "../flags/pending/describe-changes.ts";
import type { WishedTime } from "../flags/pending/open-request.ts";

/** What is to be done at a time. */
export type NewSchedule = {
  /** Numbers as read under the ledger's lock, to whose versions it is bound. */
  targets: readonly FlagTarget[];
  time: WishedTime;
  reason: string;
  ticketUrl: string | null;
  /** The approved request that it carries out, and who asked for it. */
  request?: { id: string; requester: OnBehalfOf } | undefined;
};

/**
 * Writes a schedule of the transaction's actor, with its entry in the trail. The caller has checked that they
 * may schedule it.
 */
export async function addSchedule(tx: AuditedTransaction, schedule: NewSchedule): Promise<string> {
  const { actor } = tx;
  if (actor.type !== "person") throw new Error("Only people schedule changes.");
  const { targets, time, reason, ticketUrl, request } = schedule;
  const display = describeChanges(targets);
  const { id } = await tx.db.schedule.create({
    data: {
      display,
      ...time,
      nextAttemptAt: time.at,
      reason,
      ticketUrl,
      authorId: actor.id,
      tokenId: actor.tokenId,
      sessionId: actor.sessionId,
      requestId: request?.id ?? null,
      createdAt: tx.now,
    },
  });
  await tx.db.scheduleItem.createMany({
    data: targets.map(({ number, acceptsBsuid }) => ({
      scheduleId: id,
      phoneNumberId: number.phoneNumberId,
      acceptsBsuid,
      flagVersion: number.flagVersion,
    })),
  });
  await appendEvents(tx, [
    {
      action: "schedule.created",
      target: { type: "schedule", id, display },
      before: null,
      after: {
        state: "waiting",
        at: time.at.toISOString(),
        localTime: time.localTime,
        zone: time.zone,
        lateHours: time.lateHours,
        ...(request ? { requestId: request.id } : {}),
      },
      reason,
      ticketUrl,
      onBehalfOf: request?.requester,
    },
  ]);
  return id;
}
