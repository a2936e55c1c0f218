import { deleteEndpoint } from "../../../webhooks/delete-endpoint.ts";
import { getEndpoint } from "../../../webhooks/get-endpoint.ts";
import { updateEndpoint, updateEndpointSchema } from "../../../webhooks/update-endpoint.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import {
  changedEndpointSchema,
  endpointPathSchema,
  endpointSchema,
} from "../schemas/webhook-schema.ts";

const bodySchema = updateEndpointSchema
  .omit({ endpointId: true })
  .meta({ id: "SetWebhookEndpoint", description: "The endpoint as it is to be." });

/** One webhook endpoint. */
export const webhookEndpointRoute = defineRoute({
  path: "/api/v1/webhook-endpoints/{endpointId}",
  operations: {
    GET: operation({
      operationId: "getWebhookEndpoint",
      summary: "One webhook endpoint",
      tag: "Webhooks",
      access: "webhook:manage",
      params: endpointPathSchema,
      problems: [404],
      response: { description: "The endpoint.", schema: endpointSchema },
      answer: async ({ actor, params: { endpointId } }) =>
        jsonResponse(await getEndpoint(actor, endpointId)),
    }),
    PUT: operation({
      operationId: "setWebhookEndpoint",
      summary: "Change where an endpoint is, what it is told of, and whether it is on",
      description:
        "Switched off, it misses what happens meanwhile, and what waits for it counts as failed.",
      tag: "Webhooks",
      access: "webhook:manage",
      params: endpointPathSchema,
      body: bodySchema,
      problems: [404, 413],
      response: { description: "The endpoint as it is now.", schema: changedEndpointSchema },
      isIdempotent: true,
      change: async ({ actor, params: { endpointId }, body }) =>
        await updateEndpoint(actor, { ...body, endpointId }),
      toReply: (endpoint) => ({ body: endpoint }),
    }),
    DELETE: operation({
      operationId: "deleteWebhookEndpoint",
      summary: "Delete an endpoint, with its secret and its log",
      tag: "Webhooks",
      access: "webhook:manage",
      params: endpointPathSchema,
      problems: [404],
      response: { status: 204, description: "It is deleted." },
      answer: async ({ actor, params: { endpointId } }) => {
        await deleteEndpoint(actor, { endpointId });
        return new Response(null, { status: 204 });
      },
    }),
  },
});
