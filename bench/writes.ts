import pg from "pg";
import { setFlags } from "#lib/flags/set-flags.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { median } from "./harness/median.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";

export const name = "writes";

const ROUNDS = 9;
const ROUND_MS = 700;
const TOGETHER = 20;

/** Writes the row of a worker's number once. */
type Write = (phoneNumberId: string, count: number) => Promise<unknown>;

/**
 * Audited flips through `setFlags`, compared with the cheapest change of the same row: a bare UPDATE,
 * on a pool with a connection for each worker.
 */
export async function run(stage: Stage): Promise<Row[]> {
  const { appUrl } = await stage.database();
  const numbers = await Promise.all(Array.from({ length: TOGETHER }, () => aNumber()));
  const actor = await aPerson("support");
  const pool = new pg.Pool({ connectionString: appUrl, max: TOGETHER });
  pool.on("error", () => {}); // it outlives the server for a moment
  stage.add(() => pool.end());
  const update: Write = (phoneNumberId, count) =>
    pool.query("UPDATE number SET label = $2 WHERE phone_number_id = $1", [
      phoneNumberId,
      `Number ${count}`,
    ]);
  const flip: Write = (phoneNumberId, count) =>
    setFlags(actor, {
      changes: [{ phoneNumberId, acceptsBsuid: count % 2 === 0 }],
      reason: "A benchmark flips it",
    });
  return [
    await compare(
      "flips/s, one after the other",
      { flip, update, atLeast: 0.3 },
      numbers.slice(0, 1),
    ),
    await compare("flips/s, from 20 at once", { flip, update, atLeast: 0.5 }, numbers),
  ];
}

type Writers = { flip: Write; update: Write; atLeast: number };

async function compare(
  what: string,
  { flip, update, atLeast }: Writers,
  numbers: readonly string[],
): Promise<Row> {
  const counts = new Map(numbers.map((number) => [number, 0]));
  const flips: number[] = [];
  const updates: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const updatesPerSecond = await measure(update, counts);
    const flipsPerSecond = await measure(flip, counts);
    // The first round warms up.
    if (round === 0) continue;
    updates.push(updatesPerSecond);
    flips.push(flipsPerSecond);
  }
  return {
    what,
    value: median(flips),
    reference: { what: "a bare UPDATE of the same row", value: median(updates) },
    target: { atLeast },
  };
}

/** Writes a second: each number has a worker that writes it again and again. */
async function measure(write: Write, counts: Map<string, number>): Promise<number> {
  const startedAt = performance.now();
  const done = await Promise.all(
    [...counts.keys()].map(async (number) => {
      let writes = 0;
      for (; performance.now() - startedAt < ROUND_MS; writes += 1) {
        const count = counts.get(number) ?? 0;
        await write(number, count);
        counts.set(number, count + 1);
      }
      return writes;
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  return done.reduce((sum, writes) => sum + writes, 0) / seconds;
}
