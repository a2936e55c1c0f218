/** The environment variable by which the sweep of races (scripts/test-run/sweeps.ts) says how often each is run. */
export const ROUNDS = "SWEEP_ROUNDS";

const { [ROUNDS]: asked } = process.env;

/** The options of a test that is a race: run once in `npm test`, again and again in the sweep. */
export const RACE = { repeats: Number(asked ?? 1) - 1 };

/** The rounds, from 1, of a race that `npm test` also runs several times. */
export function rounds(count: number): readonly number[] {
  return Array.from({ length: Number(asked ?? count) }, (_, index) => index + 1);
}
