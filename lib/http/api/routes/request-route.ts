import { getRequest } from "../../../requests/get-request.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { requestPathSchema, requestWithWishesSchema } from "../schemas/request-schema.ts";

/** One request, and what became of it. */
export const requestRoute = defineRoute({
  path: "/api/v1/requests/{requestId}",
  operations: {
    GET: operation({
      operationId: "getRequest",
      summary: "One request",
      tag: "Requests",
      access: "desk:read",
      params: requestPathSchema,
      problems: [404],
      response: { description: "The request.", schema: requestWithWishesSchema },
      answer: async ({ actor, params: { requestId } }) =>
        jsonResponse(await getRequest(actor, requestId)),
    }),
  },
});
