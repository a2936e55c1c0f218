import { createEndpoint, createEndpointSchema } from "../../../webhooks/create-endpoint.ts";
import { listEndpoints } from "../../../webhooks/list-endpoints.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { endpointListSchema, endpointWithSecretSchema } from "../schemas/webhook-schema.ts";

/** The endpoints that webhooks are sent to. */
export const webhookEndpointsRoute = defineRoute({
  path: "/api/v1/webhook-endpoints",
  operations: {
    GET: operation({
      operationId: "listWebhookEndpoints",
      summary: "All webhook endpoints, the oldest first",
      tag: "Webhooks",
      access: "webhook:manage",
      response: { description: "All endpoints.", schema: endpointListSchema },
      answer: async ({ actor }) =>
        jsonResponse({ items: await listEndpoints(actor), nextCursor: null }),
    }),
    POST: operation({
      operationId: "createWebhookEndpoint",
      summary: "Add a webhook endpoint",
      description: "It is told of what happens from now on.",
      tag: "Webhooks",
      access: "webhook:manage",
      body: createEndpointSchema,
      problems: [409, 413],
      response: {
        status: 201,
        description: "The endpoint, with its secret.",
        schema: endpointWithSecretSchema,
      },
      isIdempotent: true,
      change: async ({ actor, body }) => await createEndpoint(actor, body),
      toReply: (endpoint) => ({ status: 201, body: endpoint }),
    }),
  },
});
