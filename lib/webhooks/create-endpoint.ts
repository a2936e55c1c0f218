import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import {
  ENDPOINT_INCLUDE,
  type EndpointWithSecret,
  endpointFields,
  toEndpointFields,
  toEndpointRecord,
  toEndpointTarget,
} from "./endpoint-record.ts";
import { encryptSecret } from "./secret/encrypt-secret.ts";
import { newWebhookSecret } from "./secret/sign-webhook.ts";

const MAX_ENDPOINTS = 50;

export const createEndpointSchema = z
  .strictObject(endpointFields)
  .meta({ id: "NewWebhookEndpoint" });

/**
 * Adds an endpoint, which is told of what happens from now on. Returns its secret, which is shown this once.
 * Takes `webhook:manage`.
 *
 * @throws AppError CONFLICT when there are 50
 */
export async function createEndpoint(
  actor: Actor,
  input: z.input<typeof createEndpointSchema>,
): Promise<EndpointWithSecret> {
  authorize(actor, "webhook:manage");
  const settings = parseInput(createEndpointSchema, input);
  const id = randomUUID();
  const secret = newWebhookSecret();
  return await inAuditedTransaction(actor, async (tx) => {
    if ((await tx.db.webhookEndpoint.count()) >= MAX_ENDPOINTS) {
      const message = `There are ${MAX_ENDPOINTS} endpoints, the most there can be. Delete one first.`;
      throw new AppError("CONFLICT", message);
    }
    const row = await tx.db.webhookEndpoint.create({
      data: {
        id,
        ...settings,
        createdAt: tx.now,
        secrets: { create: { encrypted: encryptSecret(secret, id), createdAt: tx.now } },
      },
      include: ENDPOINT_INCLUDE,
    });
    const target = toEndpointTarget(row);
    const after = toEndpointFields(row);
    await appendEvents(tx, [{ action: "webhook.created", target, before: null, after }]);
    return { ...toEndpointRecord(row), secret };
  });
}
