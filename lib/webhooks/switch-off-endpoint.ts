import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { FAILING_DAYS } from "./delivery/record-attempt.ts";
import { endWaiting } from "./end-waiting.ts";
import { lockEndpoint, type SwitchedOffWhy, toEndpointTarget } from "./endpoint-record.ts";

const DAY_MS = 86_400_000;

type SwitchOffInput = { endpointId: string; why: Exclude<SwitchedOffWhy, "by_hand"> };

/**
 * Switches an endpoint off that answered 410, or failed for five days; does nothing if that is so no more.
 * The entry is what tells the admins. Takes `webhook:deliver`, which only the console itself has.
 */
export async function switchOffEndpoint(actor: Actor, input: SwitchOffInput): Promise<void> {
  authorize(actor, "webhook:deliver");
  const { endpointId, why } = input;
  await inAuditedTransaction(actor, async (tx) => {
    const row = await lockEndpoint(tx, endpointId);
    const failingMs = row.failingSince ? tx.now.getTime() - row.failingSince.getTime() : 0;
    if (!row.isOn || (why === "failing" && failingMs < FAILING_DAYS * DAY_MS)) return;
    await tx.db.webhookEndpoint.update({
      where: { id: endpointId },
      data: { isOn: false, switchedOffWhy: why },
    });
    await endWaiting(tx.db, endpointId);
    await appendEvents(tx, [
      {
        action: "webhook.switched_off",
        target: toEndpointTarget(row),
        before: { isOn: true },
        after: { isOn: false, switchedOffWhy: why },
      },
    ]);
  });
}
