import { listNumbers, listNumbersSchema } from "../../numbers/list-numbers.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { numberPageSchema } from "../schemas/number-schema.ts";

/** The roster, searched and filtered. */
export const numbersRoute = defineRoute({
  path: "/api/v1/numbers",
  operations: {
    GET: operation({
      operationId: "listNumbers",
      summary: "Numbers that match",
      tag: "Numbers",
      access: "number:read",
      query: listNumbersSchema.omit({ backwards: true }),
      response: { description: "A page of numbers.", schema: numberPageSchema },
      answer: async ({ actor, query }) => {
        const { items, nextCursor } = await listNumbers(actor, query);
        return jsonResponse({ items, nextCursor });
      },
    }),
  },
});
