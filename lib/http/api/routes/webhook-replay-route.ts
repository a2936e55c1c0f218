import { replayDelivery } from "../../../webhooks/replay-delivery.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { deliveryPathSchema, deliverySchema } from "../schemas/webhook-schema.ts";

/** Sends a webhook again. */
export const webhookReplayRoute = defineRoute({
  path: "/api/v1/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/replay",
  operations: {
    POST: operation({
      operationId: "replayWebhookDelivery",
      summary: "Send a webhook again, under its id",
      tag: "Webhooks",
      access: "webhook:manage",
      params: deliveryPathSchema,
      problems: [404, 409],
      response: { description: "The delivery, which waits to be sent.", schema: deliverySchema },
      isIdempotent: true,
      change: async ({ actor, params }) => await replayDelivery(actor, params),
      toReply: (delivery) => ({ body: delivery }),
    }),
  },
});
