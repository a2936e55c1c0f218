import { sendTest } from "../../../webhooks/send-test.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { deliverySchema, endpointPathSchema } from "../schemas/webhook-schema.ts";

/** Sends a test to a webhook endpoint. */
export const webhookTestRoute = defineRoute({
  path: "/api/v1/webhook-endpoints/{endpointId}/test",
  operations: {
    POST: operation({
      operationId: "testWebhookEndpoint",
      summary: "Send a webhook of the type `webhook.test`, once",
      description: "Also to one that is off. Waits for its answer, 15 seconds at most.",
      tag: "Webhooks",
      access: "webhook:manage",
      params: endpointPathSchema,
      problems: [404],
      response: { description: "What became of it.", schema: deliverySchema },
      isIdempotent: true,
      isKept: "after-sending",
      change: async ({ actor, params: { endpointId } }) => await sendTest(actor, { endpointId }),
      toReply: (delivery) => ({ body: delivery }),
    }),
  },
});
