import type { PersonActor } from "#lib/access/actor.ts";
import { MAX_CHANGES } from "#lib/flags/max-changes.ts";
import { setFlags } from "#lib/flags/set-flags.ts";
import { confirmSelection } from "#lib/selections/confirm-selection.ts";
import { createSelection } from "#lib/selections/create-selection.ts";
import { aPerson } from "#testing/factories.ts";
import { fillNumbers } from "./harness/fill-numbers.ts";
import { median } from "./harness/median.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";

export const name = "bulk";

const ROUNDS = 3;
const MAX_SECONDS = 3;
const reason = "A benchmark flips it";

/** Seconds to confirm a selection of 10,000 numbers, compared with one `setFlags` of the same numbers. */
export async function run(stage: Stage): Promise<Row[]> {
  await stage.database();
  const actor = await aPerson("support");
  const phoneNumberIds = await fillNumbers({ from: 0, to: MAX_CHANGES });
  const confirmations: number[] = [];
  const calls: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const confirmed = await measure(await prepare(actor, phoneNumberIds));
    const changes = phoneNumberIds.map((phoneNumberId) => ({
      phoneNumberId,
      acceptsBsuid: false,
    }));
    const called = await measure(() => setFlags(actor, { changes, reason }));
    // The first round warms up.
    if (round === 0) continue;
    confirmations.push(confirmed);
    calls.push(called);
  }
  return [
    {
      what: "s to confirm a selection of 10,000 numbers",
      value: median(confirmations),
      reference: { what: "setFlags of the same", value: median(calls) },
      target: { atMost: MAX_SECONDS, byValue: true },
    },
  ];
}

async function prepare(actor: PersonActor, phoneNumberIds: string[]) {
  const { id: selectionId } = await createSelection(actor, { acceptsBsuid: true, phoneNumberIds });
  const expected = { changes: phoneNumberIds.length, requests: 0 };
  return () => confirmSelection(actor, { selectionId, reason, expected });
}

async function measure(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1_000;
}
