import { createRequest, createRequestSchema } from "../../../requests/create-request.ts";
import { listRequests } from "../../../requests/list-requests.ts";
import { listRequestsSchema } from "../../../requests/read-request-ids.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { requestPageSchema, requestWithWishesSchema } from "../schemas/request-schema.ts";

const bodySchema = createRequestSchema.meta({
  id: "CreateRequest",
  description: "What is asked for, why, and when it is to take effect.",
});

/** What people ask for and others decide. Approving has no API: a person who is signed in does it. */
export const requestsRoute = defineRoute({
  path: "/api/v1/requests",
  operations: {
    GET: operation({
      operationId: "listRequests",
      summary: "Requests that match: open ones first, oldest first; then the others, newest first",
      tag: "Requests",
      access: "desk:read",
      query: listRequestsSchema,
      response: { description: "A page of requests.", schema: requestPageSchema },
      answer: async ({ actor, query }) => jsonResponse(await listRequests(actor, query)),
    }),
    POST: operation({
      operationId: "createRequest",
      summary: "Ask for changes, which somebody else approves in the console",
      description:
        "Account managers ask for numbers of accounts that they manage or stand in for. Unknown, retired or repeated numbers, and those that are already as asked for, are named, and nothing is asked.",
      tag: "Requests",
      access: "request:create",
      body: bodySchema,
      problems: [413, 422],
      response: { status: 201, description: "The open request.", schema: requestWithWishesSchema },
      isIdempotent: true,
      change: async ({ actor, body }) => await createRequest(actor, body),
      toReply: (request) => ({ status: 201, body: request }),
    }),
  },
});
