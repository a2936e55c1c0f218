import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { type EndpointIdInput, endpointIdSchema } from "./delete-endpoint.ts";
import {
  ENDPOINT_INCLUDE,
  type EndpointWithSecret,
  lockEndpoint,
  toEndpointRecord,
  toEndpointTarget,
} from "./endpoint-record.ts";
import { encryptSecret } from "./secret/encrypt-secret.ts";
import { newWebhookSecret } from "./secret/sign-webhook.ts";

/** How long a former secret goes on signing, beside the new one. */
const OVERLAP_MS = 24 * 3_600_000;

/** More signatures than this would make a header that receivers refuse. */
const MAX_SECRETS = 5;

/**
 * Gives an endpoint a new secret, which is shown this once. Its webhooks are signed with the old one as well
 * for a day, so that the receiver can change over without losing any. Takes `webhook:manage`.
 *
 * @throws AppError NOT_FOUND, CONFLICT when it was rotated four times within a day
 */
export async function rotateSecret(
  actor: Actor,
  input: EndpointIdInput,
): Promise<EndpointWithSecret> {
  authorize(actor, "webhook:manage", { tried: input.endpointId });
  const { endpointId } = parseInput(endpointIdSchema, input);
  const secret = newWebhookSecret();
  return await inAuditedTransaction(actor, async (tx) => {
    await lockEndpoint(tx, endpointId);
    await tx.db.webhookSecret.deleteMany({ where: { endpointId, endsAt: { lte: tx.now } } });
    if ((await tx.db.webhookSecret.count({ where: { endpointId } })) >= MAX_SECRETS) {
      const message = `Its secret was rotated ${MAX_SECRETS - 1} times within a day. Wait until the first of them has ended.`;
      throw new AppError("CONFLICT", message);
    }
    const endsAt = new Date(tx.now.getTime() + OVERLAP_MS);
    await tx.db.webhookSecret.updateMany({ where: { endpointId, endsAt: null }, data: { endsAt } });
    const row = await tx.db.webhookEndpoint.update({
      where: { id: endpointId },
      data: {
        secrets: { create: { encrypted: encryptSecret(secret, endpointId), createdAt: tx.now } },
      },
      include: ENDPOINT_INCLUDE,
    });
    const target = toEndpointTarget(row);
    const after = { formerSecretUntil: endsAt.toISOString() };
    await appendEvents(tx, [{ action: "webhook.rotated", target, before: null, after }]);
    return { ...toEndpointRecord(row), secret };
  });
}
