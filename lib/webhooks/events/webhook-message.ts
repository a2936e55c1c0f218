import type { Prisma } from "../../db/generated/client.ts";
import type { WebhookEvent } from "./webhook-events.ts";

/** What receivers are told: ids, states and counts, never a name, a reason or a customer's data. */
export type WebhookMessage = {
  type: WebhookEvent;
  happenedAt: Date;
  data: { [field: string]: string | number | boolean | null | string[] };
};

type Endpoint = { id: string; events: string[] };

/**
 * The endpoints that are on. They cannot be deleted until the transaction ends, so that what is written for
 * them has its endpoint.
 */
export async function readSubscribers(tx: Prisma.TransactionClient): Promise<Endpoint[]> {
  return await tx.$queryRaw<Endpoint[]>`
    SELECT id, events FROM webhook_endpoint WHERE is_on ORDER BY id FOR KEY SHARE`;
}

/** Writes a delivery of each message for each endpoint that is told of such. */
export async function writeDeliveries(
  tx: Prisma.TransactionClient,
  { messages, endpoints }: { messages: readonly WebhookMessage[]; endpoints: readonly Endpoint[] },
): Promise<void> {
  const data = messages.flatMap((message) =>
    endpoints
      .filter(({ events }) => events.includes(message.type))
      .map(({ id: endpointId }) => ({ endpointId, ...message, nextTryAt: message.happenedAt })),
  );
  if (data.length > 0) await tx.webhookDelivery.createMany({ data });
}
