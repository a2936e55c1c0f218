import { setTimeout as sleep } from "node:timers/promises";

/** The environment variable by which the sweep of races (scripts/test-run/sweeps.ts) says how often each is run. */
export const ROUNDS = "SWEEP_ROUNDS";

const { [ROUNDS]: asked } = process.env;

/** The options of a test that is a race: run once in `npm test`, again and again in the sweep. */
export const RACE = { repeats: Number(asked ?? 1) - 1 };

/** The rounds, from 1, of a race that `npm test` also runs several times. */
export function rounds(count: number): readonly number[] {
  return Array.from({ length: Number(asked ?? count) }, (_, index) => index + 1);
}

/** From what is decided between two turns of the event loop to what an import does before it writes. */
const SPREADS_MS = [0, 4, 16, 64] as const;

type Contender = () => Promise<unknown>;
type Outcomes<Contenders extends readonly Contender[]> = {
  -readonly [Index in keyof Contenders]: PromiseSettledResult<
    Awaited<ReturnType<Contenders[Index]>>
  >;
};

/**
 * Starts all of these at about the same moment, and waits for all. Each begins a little later by chance, so
 * that over the rounds each is the first, and not always the one that is quickest or named first.
 */
export async function race<const Contenders extends readonly Contender[]>(
  ...contenders: Contenders
): Promise<Outcomes<Contenders>> {
  const spread = SPREADS_MS[Math.floor(Math.random() * SPREADS_MS.length)] ?? 0;
  const outcomes = await Promise.allSettled(
    contenders.map(async (start) => {
      if (spread > 0) await sleep(Math.random() * spread);
      return await start();
    }),
  );
  return outcomes as Outcomes<Contenders>;
}
