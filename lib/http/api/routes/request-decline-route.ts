import { declineRequest, declineRequestSchema } from "../../../requests/decline-request.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { requestPathSchema, requestSchema } from "../schemas/request-schema.ts";

const bodySchema = declineRequestSchema
  .pick({ reason: true })
  .meta({ id: "DeclineRequest", description: "Words for whoever asked." });

/** Declines an open request, with words. */
export const requestDeclineRoute = defineRoute({
  path: "/api/v1/requests/{requestId}/decline",
  operations: {
    POST: operation({
      operationId: "declineRequest",
      summary: "Decline a request of somebody else's",
      tag: "Requests",
      access: "request:decide",
      params: requestPathSchema,
      body: bodySchema,
      problems: [404, 409, 413],
      response: { description: "The request as it ended.", schema: requestSchema },
      isIdempotent: true,
      change: async ({ actor, params: { requestId }, body }) =>
        await declineRequest(actor, { requestId, reason: body.reason }),
      toReply: (request) => ({ body: request }),
    }),
  },
});
