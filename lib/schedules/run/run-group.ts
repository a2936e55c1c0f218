import { v7 as uuidv7 } from "uuid";
import {
  type AuditDraft,
  chainEvents,
  findActorPersonalValues,
} from "../../audit/append-events.ts";
import type { SignedEvent } from "../../audit/event.ts";
import { type CommitmentSet, readCommitmentSet } from "../../audit/private/commitment-set.ts";
import { Prisma } from "../../db/generated/client.ts";
import type { HeldLedger } from "../../db/ledger.ts";
import { inSharedTransaction } from "../../db/shared-transaction.ts";
import type { AppError } from "../../errors.ts";
import { type PlannedFlips, planFlips, toFlipWrites } from "../../flags/change-flags.ts";
import { toLimits } from "../../flags/change-limits.ts";
import type { GateDecision, GateView } from "../../flags/gate.ts";
import { toRequestTarget } from "../../flags/pending/open-request.ts";
import { type PendingSet, readPendingSet } from "../../flags/pending/pending-set.ts";
import { readGateView } from "../../flags/read-gate-view.ts";
import { toScheduleTarget } from "../../waiting/end-schedules.ts";
import { decideRun, type LockedSchedule, type RunFailure } from "./decide-run.ts";
import type { RunActor } from "./find-run-actor.ts";
import { lockGroup } from "./lock-group.ts";
import type { PendingSchedule } from "./read-pending.ts";

/** A schedule whose time has come, and in whose name it runs. */
export type Run = RunActor & Pick<PendingSchedule, "id" | "phoneNumberIds">;

/** What became of a schedule; `skipped`: it is somebody else's just now, or was ended or moved meanwhile. */
export type RunResult = "done" | "skipped" | RunFailure;

/**
 * Carries schedules out in one transaction: each is decided by itself, with the ledger held, and those that
 * may not be carried out write nothing here.
 *
 * @param runs no two may name the same number
 * @returns the result of each, in order
 * @throws what failed the transaction; then none of them was carried out
 */
export async function runGroup(runs: readonly Run[]): Promise<RunResult[]> {
  const ids = runs.map(({ id }) => id);
  const phoneNumberIds = runs.flatMap((run) => run.phoneNumberIds);
  return await inSharedTransaction({
    actors: runs.map(({ actor }) => actor),
    read: (runner) =>
      Promise.all([
        lockGroup(runner, { ids, phoneNumberIds }),
        readGateView(runner, phoneNumberIds),
        readPendingSet(runner, phoneNumberIds),
        readCommitmentSet(
          runner,
          runs.flatMap(({ actor, onBehalfOf }) => findActorPersonalValues(actor, onBehalfOf)),
        ),
      ]),
    decide: (ledger, [locked, gate, pending, values], ended) => {
      const done: Done[] = [];
      const result = runs.map((run, index) =>
        runOne(run, {
          ledger,
          ...locked,
          gate,
          pending,
          values,
          done,
          ended: ended[index] ?? null,
        }),
      );
      return { result, writes: toWrites(done, { now: ledger.now, values }) };
    },
    ...toLimits(phoneNumberIds.length),
  });
}

type Context = {
  ledger: HeldLedger;
  schedules: ReadonlyMap<string, LockedSchedule>;
  freeNumbers: ReadonlySet<string>;
  gate: GateView;
  pending: PendingSet;
  values: CommitmentSet;
  ended: AppError | null;
  /** What is carried out is added to it. */
  done: Done[];
};

/** A schedule that is carried out, with its flips and its end in one batch. */
type Done = { id: string; requestId: string | null; batchId: string; flips: PlannedFlips };

function runOne(run: Run, context: Context): RunResult {
  const schedule = context.schedules.get(run.id);
  // Their access changed since it was read: the next look reads it again.
  if (!schedule || context.ended) return "skipped";
  if (!run.phoneNumberIds.every((id) => context.freeNumbers.has(id))) {
    return { code: "UNAVAILABLE", why: "Another program holds one of the numbers." };
  }
  const decided = decideRun(schedule, context.gate, context.ledger.now);
  if ("failure" in decided) return decided.failure;
  context.done.push(toDone(run, schedule, decided.decision, context));
  return "done";
}

function toDone(
  { actor, onBehalfOf }: Run,
  schedule: LockedSchedule,
  { passed, unchanged }: GateDecision,
  { ledger, pending, values }: Context,
): Done {
  const { id, reason, ticketUrl, requestId } = schedule;
  const batchId = uuidv7();
  const why = { reason, ticketUrl, batchId, onBehalfOf };
  const carriedOut = { scheduleId: id, ...(requestId === null ? {} : { requestId }) };
  const flips = planFlips(ledger, { actor, changes: passed, why, values, pending, carriedOut });
  const drafts = toDrafts(schedule, { changed: passed.length, unchanged: unchanged.length });
  const events: SignedEvent[] = chainEvents(ledger, {
    actor,
    drafts: drafts.map((draft) => ({ ...draft, ...why })),
    values,
  });
  return { id, requestId, batchId, flips: { ...flips, events: [...flips.events, ...events] } };
}

function toDrafts(
  schedule: LockedSchedule,
  counts: { changed: number; unchanged: number },
): AuditDraft[] {
  const { requestId, requestDisplay } = schedule;
  const done: AuditDraft = {
    action: "schedule.done",
    target: toScheduleTarget(schedule),
    before: { state: "waiting" },
    after: { state: "done", ...counts },
  };
  if (requestId === null) return [done];
  const request: AuditDraft = {
    action: "request.approved",
    target: toRequestTarget({ id: requestId, display: requestDisplay ?? schedule.display }),
    before: { state: "scheduled" },
    after: { state: "approved" },
  };
  return [done, request];
}

function toWrites(
  done: readonly Done[],
  { now, values }: { now: Date; values: CommitmentSet },
): Prisma.Sql[] {
  if (done.length === 0) return [];
  const flips = done.map((each) => each.flips);
  const requests = done.filter(({ requestId }) => requestId !== null);
  return [
    ...toFlipWrites(flips, values),
    Prisma.sql`
      UPDATE schedule s SET state = 'done', ended_at = ${now}, attempts = s.attempts + 1,
        batch_id = d.batch_id
      FROM unnest(${done.map(({ id }) => id)}::uuid[], ${done.map(({ batchId }) => batchId)}::uuid[])
        AS d(id, batch_id)
      WHERE s.id = d.id`,
    Prisma.sql`
      UPDATE change_request r SET state = 'approved', ended_at = ${now}, batch_id = d.batch_id
      FROM unnest(${requests.map(({ requestId }) => requestId)}::uuid[],
                  ${requests.map(({ batchId }) => batchId)}::uuid[]) AS d(id, batch_id)
      WHERE r.id = d.id`,
  ];
}
