import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import type { AuditFields } from "../audit/event.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { parseInput } from "../parse-input.ts";
import { endWaiting } from "./end-waiting.ts";
import {
  ENDPOINT_INCLUDE,
  type EndpointRecord,
  endpointFields,
  lockEndpoint,
  toEndpointFields,
  toEndpointRecord,
  toEndpointTarget,
} from "./endpoint-record.ts";

export const updateEndpointSchema = z.strictObject({
  endpointId: z.uuid(),
  ...endpointFields,
  isOn: z.boolean({ error: "isOn must be true or false." }).meta({
    description: "Whether webhooks are sent to it. Off, it misses what happens meanwhile.",
  }),
});

/**
 * Changes where an endpoint is, what it is told of, and whether it is on. What waits for an endpoint that is
 * switched off counts as failed; it can be replayed. Takes `webhook:manage`.
 *
 * @throws AppError NOT_FOUND
 */
export async function updateEndpoint(
  actor: Actor,
  input: z.input<typeof updateEndpointSchema>,
): Promise<EndpointRecord & { changed: boolean }> {
  authorize(actor, "webhook:manage", { tried: input.endpointId });
  const { endpointId, ...settings } = parseInput(updateEndpointSchema, input);
  return await inAuditedTransaction(actor, async (tx) => {
    const old = await lockEndpoint(tx, endpointId);
    const { before, after } = toChange(old, settings);
    if (Object.keys(after).length === 0) return { ...toEndpointRecord(old), changed: false };
    const isSwitched = settings.isOn !== old.isOn;
    const row = await tx.db.webhookEndpoint.update({
      where: { id: endpointId },
      data: {
        ...settings,
        ...(isSwitched ? { switchedOffWhy: settings.isOn ? null : "by_hand" } : {}),
        // Earlier failures say nothing of another address, or of one that was repaired.
        ...(isSwitched || settings.url !== old.url ? { failingSince: null } : {}),
      },
      include: ENDPOINT_INCLUDE,
    });
    if (!settings.isOn) await endWaiting(tx.db, endpointId);
    const target = toEndpointTarget(row);
    await appendEvents(tx, [{ action: "webhook.updated", target, before, after }]);
    return { ...toEndpointRecord(row), changed: true };
  });
}

type Settings = { url: string; events: string[]; isOn: boolean };

/** The changed fields. The trail does not keep an address's query, so of that alone it says that it changed. */
function toChange(old: Settings, wanted: Settings): { before: AuditFields; after: AuditFields } {
  const was = toEndpointFields(old);
  const is = toEndpointFields(wanted);
  const names = Object.keys(is).filter((name) => was[name] !== is[name]);
  const pick = (fields: AuditFields) =>
    Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));
  const isQueryAlone = old.url !== wanted.url && was.url === is.url;
  return {
    before: { ...pick(was), ...(isQueryAlone ? { isQueryChanged: false } : {}) },
    after: { ...pick(is), ...(isQueryAlone ? { isQueryChanged: true } : {}) },
  };
}
