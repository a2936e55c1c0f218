import type { Actor } from "../access/actor.ts";
import { findActorPersonals } from "../audit/append-events.ts";
import { type PrivateValues, readPrivateValues } from "../audit/private/private-values.ts";
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
    values: PrivateValues,
  ) => { result: Result; flips: PlannedFlips | null };
  /** For many numbers: what each statement may take once the ledger is held. */
  timeoutSeconds?: number | undefined;
};

type Fate<Result> = PromiseSettledResult<Result>;

/**
 * Carries requests in one transaction: one wait for the ledger, one flush to disk. Each is
 * judged by itself, in order; one that is refused leaves nothing and hinders nobody.
 *
 * @param requests no two of which name the same number
 * @returns what became of each, in order
 * @throws whatever failed the transaction; then nothing of any of them was written
 */
export async function carryFlips<Result>(
  requests: readonly FlipRequest<Result>[],
): Promise<Fate<Result>[]> {
  const phoneNumberIds = requests.flatMap((request) => request.phoneNumberIds);
  const actors = requests.map(({ actor }) => actor);
  return await inSharedTransaction({
    actors,
    read: (runner) =>
      Promise.all([
        readNumberRecords(runner, phoneNumberIds),
        readPrivateValues(runner, actors.flatMap(findActorPersonals)),
      ]),
    decide: (ledger, [records, values], ended) => {
      const numbers = new Map(records.map((number) => [number.phoneNumberId, number]));
      const flips: PlannedFlips[] = [];
      const result = requests.map((request, place) =>
        judge(request, { ledger, numbers, values, ended: ended[place] ?? null, flips }),
      );
      return { result, writes: toFlipWrites(flips, values) };
    },
    timeoutSeconds: Math.max(...requests.map((request) => request.timeoutSeconds ?? 0)),
  });
}

type Case = {
  ledger: HeldLedger;
  numbers: Numbers;
  values: PrivateValues;
  ended: AppError | null;
  /** Where its flips are added. */
  flips: PlannedFlips[];
};

function judge<Result>(request: FlipRequest<Result>, of: Case): Fate<Result> {
  try {
    if (of.ended) throw of.ended;
    const { result, flips } = request.decide(of.ledger, of.numbers, of.values);
    if (flips) of.flips.push(flips);
    return { status: "fulfilled", value: result };
  } catch (reason) {
    return { status: "rejected", reason };
  }
}
