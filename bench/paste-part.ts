import { listNumbers } from "#lib/numbers/list-numbers.ts";
import { summariseMatches } from "#lib/numbers/summarise-matches.ts";
import { withClient } from "#postgres/with-client.ts";
import { anAccount, aSystem } from "#testing/factories.ts";
import { median } from "./harness/median.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";

export const name = "paste-part";

const NUMBERS = 200_000;
const PASTED = 2_000;
const FIRST_ID = 106_540_000_000_000;
const ROUNDS = 7;
const TARGET_MS = 200;

const FILL = `
  INSERT INTO number (phone_number_id, display_phone_number, label, account_id, portfolio_id, waba_id)
  SELECT (${FIRST_ID} + place)::text, '+1555' || lpad(place::text, 7, '0'), 'Number ' || place,
         $1::uuid, (900000000000000 + place / 20)::text, (200000000000000 + place / 5)::text
  FROM generate_series(0, $2::int - 1) AS place`;

/** The last seven digits of number `index` of those that are pasted, spread over the roster. */
const digitsOf = (index: number) => String((index * 97) % NUMBERS).padStart(7, "0");
const TEXTS: Record<string, (index: number) => string> = {
  "E.164": (index) => `+1555${digitsOf(index)}`,
  "national, in words": (index) =>
    `Store ${index}: (555) ${digitsOf(index).slice(0, 3)}-${digitsOf(index).slice(3)}`,
  "local, in groups": (index) => `${digitsOf(index).slice(0, 3)}-${digitsOf(index).slice(3)}`,
  ids: (index) => String(FIRST_ID + ((index * 97) % NUMBERS)),
  "half of them unknown": (index) =>
    index % 2 === 0
      ? `+1555${digitsOf(index)}`
      : `+55 11 9${String(index).padStart(4, "0")}-${String(index).padStart(4, "0")}`,
};

/** Pastes 2,000 numbers into a roster of 200,000: only the verbs behind the page, without HTTP and rendering. */
export async function run(stage: Stage): Promise<Row[]> {
  const { ownerUrl } = await stage.database();
  await fillRoster(ownerUrl);
  const reader = aSystem("number:read");
  const rows: Row[] = [];
  for (const [what, write] of Object.entries(TEXTS)) {
    const q = Array.from({ length: PASTED }, (_, index) => write(index)).join("\n");
    const list = await measure(() => listNumbers(reader, { q }));
    const page = await measure(() =>
      Promise.all([listNumbers(reader, { q }), summariseMatches(reader, { q })]),
    );
    rows.push({
      what: `ms for the list of 2,000 pasted: ${what}`,
      value: list,
      target: { atMost: TARGET_MS },
    });
    rows.push({
      what: `ms for list and summary together: ${what}`,
      value: page,
      target: { atMost: TARGET_MS },
    });
  }
  return rows;
}

/** Inserts as the superuser, without triggers: the folded text that word searches read plays no part here. */
async function fillRoster(ownerUrl: string): Promise<void> {
  const accountId = await anAccount("A benchmark's account");
  await withClient(ownerUrl, async (owner) => {
    await owner.query("SET session_replication_role = replica");
    await owner.query(FILL, [accountId, NUMBERS]);
    await owner.query("VACUUM ANALYZE number");
  });
}

async function measure(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return median(times);
}
