import { randomUUID } from "node:crypto";
import type { PersonActor } from "#lib/access/actor.ts";
import { toPrismaRunner } from "#lib/db/sql-runner.ts";
import { inAuditedTransaction } from "#lib/db/transaction.ts";
import { changeFlags } from "#lib/flags/change-flags.ts";
import { decideChanges } from "#lib/flags/gate.ts";
import { readGateView } from "#lib/flags/read-gate-view.ts";
import { createSelection } from "#lib/selections/create-selection.ts";
import { aPerson } from "./factories.ts";

/** Flips these numbers together, also where two people are needed; returns the batch's id. */
export async function aBatch(
  phoneNumberIds: readonly string[],
  by?: PersonActor,
  acceptsBsuid = true,
): Promise<string> {
  const batchId = randomUUID();
  await inAuditedTransaction(by ?? (await aPerson("support")), async (tx) => {
    const view = await readGateView(toPrismaRunner(tx.db), phoneNumberIds);
    const changes = phoneNumberIds.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid }));
    const { passed } = decideChanges(changes, { ...view, door: "forced" });
    await changeFlags(tx, passed, { reason: "A test makes a batch", batchId });
  });
  return batchId;
}

/** Selects these numbers to be turned on, by somebody of support. */
export async function aSelection(phoneNumberIds: string[], by?: PersonActor) {
  const actor = by ?? (await aPerson("support"));
  return await createSelection(actor, { acceptsBsuid: true, phoneNumberIds });
}
