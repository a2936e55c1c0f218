import {
  listNumberHistory,
  listNumberHistorySchema,
} from "../../../numbers/list-number-history.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { auditPageSchema } from "../schemas/audit-schema.ts";
import { numberPathSchema } from "../schemas/number-path-schema.ts";

/** The entries of the trail about one number. */
export const numberHistoryRoute = defineRoute({
  path: "/api/v1/numbers/{phoneNumberId}/history",
  operations: {
    GET: operation({
      operationId: "listNumberHistory",
      summary: "What happened to one number, newest first",
      tag: "Numbers",
      access: "number:read",
      params: numberPathSchema,
      query: listNumberHistorySchema,
      problems: [404],
      response: { description: "A page of the number's events.", schema: auditPageSchema },
      answer: async ({ actor, params, query }) =>
        jsonResponse(await listNumberHistory(actor, params.phoneNumberId, query)),
    }),
  },
});
