import type { Actor } from "../access/actor.ts";
import { findActorPersonalValues } from "../audit/append-events.ts";
import { type CommitmentSet, readCommitmentSet } from "../audit/private/commitment-set.ts";
import type { Prisma } from "../db/generated/client.ts";
import type { HeldLedger } from "../db/ledger.ts";
import { inSharedTransaction } from "../db/shared-transaction.ts";
import type { AppError } from "../errors.ts";
import { type PlannedFlips, toFlipWrites } from "./change-flags.ts";
import type { GateView } from "./gate.ts";
import { type PendingSet, readPendingSet } from "./pending/pending-set.ts";
import { readGateView } from "./read-gate-view.ts";

/** What a request is decided from, read while the ledger is held. */
type FlipView = {
  gate: GateView;
  /** Requests and schedules that wait for the numbers. */
  pending: PendingSet;
  values: CommitmentSet;
};

/** One actor's request to set the flags of some numbers. */
export type FlipRequest<Result> = {
  actor: Actor;
  phoneNumberIds: readonly string[];
  /**
   * Decides, while the ledger is held, from the present state of the numbers. Throws to refuse the
   * request, which then writes nothing.
   */
  decide: (ledger: HeldLedger, view: FlipView) => { result: Result; flips: PlannedFlips | null };
  /** For many numbers: how long each statement may take once the ledger is held. */
  timeoutSeconds?: number | undefined;
};

type Settled<Result> = PromiseSettledResult<Result>;

/**
 * Applies requests in one transaction: one wait for the ledger, one flush to disk. Each is decided
 * by itself, in order; a refused one writes nothing and does not affect the others.
 *
 * @param requests no two may name the same number
 * @returns the result of each, in order
 * @throws what failed the transaction; then none of them was written
 */
export async function applyFlips<Result>(
  requests: readonly FlipRequest<Result>[],
): Promise<Settled<Result>[]> {
  const phoneNumberIds = requests.flatMap((request) => request.phoneNumberIds);
  const actors = requests.map(({ actor }) => actor);
  const results = await inSharedTransaction({
    actors,
    read: (runner) =>
      Promise.all([
        readGateView(runner, phoneNumberIds),
        readPendingSet(runner, phoneNumberIds),
        readCommitmentSet(
          runner,
          actors.flatMap((actor) => findActorPersonalValues(actor)),
        ),
      ]),
    decide: (ledger, [gate, pending, values], ended) => {
      const view = { gate, pending, values };
      const flips: PlannedFlips[] = [];
      const answers: Prisma.Sql[] = [];
      const result = requests.map((request, index) =>
        decideOne(request, { ledger, view, ended: ended[index] ?? null, flips, answers }),
      );
      return { result, writes: [...toFlipWrites(flips, values), ...answers] };
    },
    timeoutSeconds: Math.max(...requests.map((request) => request.timeoutSeconds ?? 0)),
  });
  for (const [index, result] of results.entries()) {
    if (result.status === "fulfilled") {
      requests[index]?.actor.origin.answerKeeper?.confirm(result.value);
    }
  }
  return results;
}

type Context = {
  ledger: HeldLedger;
  view: FlipView;
  ended: AppError | null;
  /** The request's flips are added to it. */
  flips: PlannedFlips[];
  /** What keeps the request's answer is added to it. */
  answers: Prisma.Sql[];
};

function decideOne<Result>(request: FlipRequest<Result>, context: Context): Settled<Result> {
  try {
    if (context.ended) throw context.ended;
    const { result, flips } = request.decide(context.ledger, context.view);
    if (flips) context.flips.push(flips);
    const answer = request.actor.origin.answerKeeper?.toInsert(result);
    if (answer) context.answers.push(answer);
    return { status: "fulfilled", value: result };
  } catch (reason) {
    return { status: "rejected", reason };
  }
}
