import { listDeliveries, listDeliveriesSchema } from "../../../webhooks/list-deliveries.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { deliveryPageSchema, endpointPathSchema } from "../schemas/webhook-schema.ts";

/** The log of what was sent to a webhook endpoint. */
export const webhookDeliveriesRoute = defineRoute({
  path: "/api/v1/webhook-endpoints/{endpointId}/deliveries",
  operations: {
    GET: operation({
      operationId: "listWebhookDeliveries",
      summary: "What was sent to an endpoint in the last 30 days, the newest first",
      tag: "Webhooks",
      access: "webhook:manage",
      params: endpointPathSchema,
      query: listDeliveriesSchema.omit({ endpointId: true }),
      problems: [404],
      response: { description: "A page of deliveries.", schema: deliveryPageSchema },
      answer: async ({ actor, params: { endpointId }, query }) =>
        jsonResponse(await listDeliveries(actor, { ...query, endpointId })),
    }),
  },
});
