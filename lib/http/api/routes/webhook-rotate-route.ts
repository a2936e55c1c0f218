import { rotateSecret } from "../../../webhooks/rotate-secret.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { endpointPathSchema, endpointWithSecretSchema } from "../schemas/webhook-schema.ts";

/** Gives a webhook endpoint a new secret. */
export const webhookRotateRoute = defineRoute({
  path: "/api/v1/webhook-endpoints/{endpointId}/rotate",
  operations: {
    POST: operation({
      operationId: "rotateWebhookSecret",
      summary: "Give an endpoint a new secret",
      description: "The old one signs, too, for 24 hours.",
      tag: "Webhooks",
      access: "webhook:manage",
      params: endpointPathSchema,
      problems: [404, 409],
      response: {
        description: "The endpoint, with its new secret.",
        schema: endpointWithSecretSchema,
      },
      isIdempotent: true,
      change: async ({ actor, params: { endpointId } }) =>
        await rotateSecret(actor, { endpointId }),
      toReply: (endpoint) => ({ body: endpoint }),
    }),
  },
});
