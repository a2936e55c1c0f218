import type { Actor } from "../access/actor.ts";
import { findActorPersonalValues } from "../audit/append-events.ts";
import { type CommitmentSet, readCommitmentSet } from "../audit/private/commitment-set.ts";
import type { HeldLedger } from "../db/ledger.ts";
import { inSharedTransaction } from "../db/shared-transaction.ts";
import type { AppError } from "../errors.ts";
import { type NumberRecord, readNumberRecords } from "../numbers/number-record.ts";
import { type PlannedFlips, toFlipWrites } from "./change-flags.ts";

type Numbers = ReadonlyMap<string, NumberRecord>;

/** What one actor asks of some numbers' flags. */
export type FlipRequest<Result> = {
  actor: Actor;
  phoneNumberIds: readonly string[];
  /**
   * Decides, with the ledger held, from the numbers as they are. Throws what refuses the
   * request; then nothing of it is written.
   */
  decide: (
    ledger: HeldLedger,
    numbers: Numbers,
    values: CommitmentSet,
  ) => { result: Result; flips: PlannedFlips | null };
  /** For many numbers: what each statement may take once the ledger is held. */
  timeoutSeconds?: number | undefined;
};

type Settled<Result> = PromiseSettledResult<Result>;

/**
 * Applies requests in one transaction: one wait for the ledger, one flush to disk. Each is
 * decided by itself, in order; one that is refused leaves nothing and hinders nobody.
 *
 * @param requests no two of which name the same number
 * @returns what became of each, in order
 * @throws whatever failed the transaction; then nothing of any of them was written
 */
export async function applyFlips<Result>(
  requests: readonly FlipRequest<Result>[],
): Promise<Settled<Result>[]> {
  const phoneNumberIds = requests.flatMap((request) => request.phoneNumberIds);
  const actors = requests.map(({ actor }) => actor);
  return await inSharedTransaction({
    actors,
    read: (runner) =>
      Promise.all([
        readNumberRecords(runner, phoneNumberIds),
        readCommitmentSet(runner, actors.flatMap(findActorPersonalValues)),
      ]),
    decide: (ledger, [records, values], ended) => {
      const numbers = new Map(records.map((number) => [number.phoneNumberId, number]));
      const flips: PlannedFlips[] = [];
      const result = requests.map((request, place) =>
        decideOne(request, { ledger, numbers, values, ended: ended[place] ?? null, flips }),
      );
      return { result, writes: toFlipWrites(flips, values) };
    },
    timeoutSeconds: Math.max(...requests.map((request) => request.timeoutSeconds ?? 0)),
  });
}

type Case = {
  ledger: HeldLedger;
  numbers: Numbers;
  values: CommitmentSet;
  ended: AppError | null;
  /** Where its flips are added. */
  flips: PlannedFlips[];
};

function decideOne<Result>(request: FlipRequest<Result>, of: Case): Settled<Result> {
  try {
    if (of.ended) throw of.ended;
    const { result, flips } = request.decide(of.ledger, of.numbers, of.values);
    if (flips) of.flips.push(flips);
    return { status: "fulfilled", value: result };
  } catch (reason) {
    return { status: "rejected", reason };
  }
}
