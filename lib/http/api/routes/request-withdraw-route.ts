import { withdrawRequest } from "../../../requests/withdraw-request.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { requestPathSchema, requestSchema } from "../schemas/request-schema.ts";

/** Withdraws a request, for whoever asked for it. */
export const requestWithdrawRoute = defineRoute({
  path: "/api/v1/requests/{requestId}/withdraw",
  operations: {
    POST: operation({
      operationId: "withdrawRequest",
      summary: "Withdraw a request of your own that waits",
      description: "Also one that is approved and whose time has not come.",
      tag: "Requests",
      access: "request:create",
      params: requestPathSchema,
      problems: [404, 409],
      response: { description: "The request as it ended.", schema: requestSchema },
      isIdempotent: true,
      change: async ({ actor, params }) => await withdrawRequest(actor, params),
      toReply: (request) => ({ body: request }),
    }),
  },
});
