import { z } from "zod";
import { AppError } from "../../../errors.ts";
import { listNumbers, listNumbersSchema } from "../../../numbers/list-numbers.ts";
import { listUpdatedNumbers } from "../../../numbers/list-updated-numbers.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { numberPageSchema } from "../schemas/number-schema.ts";

const querySchema = listNumbersSchema.omit({ backwards: true }).extend({
  updatedSince: z.string().optional().meta({
    description:
      "For a copy of the roster: the numbers of which anything changed, in the order of their changes, retired ones included. `0` starts with all of them; then send the `nextCursor` of each answer, which is never null here. Fewer items than `limit`: that is all for now. Only `limit` goes with it.",
  }),
});

/** The roster, searched and filtered, or what changed in it. */
export const numbersRoute = defineRoute({
  path: "/api/v1/numbers",
  operations: {
    GET: operation({
      operationId: "listNumbers",
      summary: "Numbers that match",
      tag: "Numbers",
      access: "number:read",
      query: querySchema,
      response: { description: "A page of numbers.", schema: numberPageSchema },
      answer: async ({ actor, query: { updatedSince, ...query } }) => {
        if (updatedSince === undefined) {
          const { items, nextCursor } = await listNumbers(actor, query);
          return jsonResponse({ items, nextCursor });
        }
        const { limit, ...others } = query;
        requireNone(others);
        return jsonResponse(await listUpdatedNumbers(actor, { updatedSince, limit }));
      },
    }),
  },
});

/** With a filter, the changes would not show that a number stopped matching it. */
function requireNone(others: object): void {
  const issues = Object.keys(others).map((path) => {
    return { path, message: `${path} does not go with updatedSince, which lists all changes.` };
  });
  if (issues.length === 0) return;
  const words = issues.map(({ message }) => message).join(" ");
  throw new AppError("INVALID_INPUT", `The query is not valid. ${words}`, issues);
}
