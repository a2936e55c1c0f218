/** Set by the sweep of races (scripts/test-run/sweeps.ts): how often each is run. */
export const ROUNDS = "SWEEP_ROUNDS";

const { [ROUNDS]: asked } = process.env;

/** The options of a test that is a race: run once in `npm test`, again and again in the sweep. */
export const RACE = { repeats: Number(asked ?? 1) - 1 };

/** The rounds of a race that takes several also in `npm test`, from 1. */
export function rounds(count: number): readonly number[] {
  return Array.from({ length: Number(asked ?? count) }, (_, index) => index + 1);
}
