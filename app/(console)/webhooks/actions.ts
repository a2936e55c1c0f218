"use server";

import { createEndpoint, createEndpointSchema } from "#lib/webhooks/create-endpoint.ts";
import { deleteEndpoint, endpointIdSchema } from "#lib/webhooks/delete-endpoint.ts";
import { replayDelivery, replayDeliverySchema } from "#lib/webhooks/replay-delivery.ts";
import { rotateSecret } from "#lib/webhooks/rotate-secret.ts";
import { sendTest } from "#lib/webhooks/send-test.ts";
import { updateEndpoint, updateEndpointSchema } from "#lib/webhooks/update-endpoint.ts";
import { defineAction } from "../../define-action.ts";

const permission = "webhook:manage";

/** Adds an endpoint. Its secret is in this answer and nowhere else. */
export const createEndpointAction = defineAction({
  permission,
  schema: createEndpointSchema,
  run: async (actor, input) => {
    const { secret } = await createEndpoint(actor, input);
    return { secret };
  },
});

/** Changes an endpoint. */
export const updateEndpointAction = defineAction({
  permission,
  schema: updateEndpointSchema,
  run: async (actor, input) => {
    const { changed } = await updateEndpoint(actor, input);
    return { changed };
  },
});

/** Gives an endpoint a new secret, which is in this answer and nowhere else. */
export const rotateSecretAction = defineAction({
  permission,
  schema: endpointIdSchema,
  run: async (actor, input) => {
    const { secret } = await rotateSecret(actor, input);
    return { secret };
  },
});

/** Sends a test; what became of it is in the log. */
export const sendTestAction = defineAction({
  permission,
  schema: endpointIdSchema,
  run: async (actor, input) => {
    await sendTest(actor, input);
    return null;
  },
});

/** Sends a webhook again. */
export const replayDeliveryAction = defineAction({
  permission,
  schema: replayDeliverySchema,
  run: async (actor, input) => {
    await replayDelivery(actor, input);
    return null;
  },
});

/** Deletes an endpoint with its log. */
export const deleteEndpointAction = defineAction({
  permission,
  schema: endpointIdSchema,
  run: async (actor, input) => {
    await deleteEndpoint(actor, input);
    return null;
  },
});
