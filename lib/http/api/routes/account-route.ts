import { getAccount } from "../../../accounts/get-account.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { accountPathSchema, accountSchema } from "../schemas/account-schema.ts";

/** One account. */
export const accountRoute = defineRoute({
  path: "/api/v1/accounts/{accountId}",
  operations: {
    GET: operation({
      operationId: "getAccount",
      summary: "One account",
      tag: "Accounts",
      access: "desk:read",
      params: accountPathSchema,
      problems: [404],
      response: { description: "The account.", schema: accountSchema },
      answer: async ({ actor, params }) => jsonResponse(await getAccount(actor, params.accountId)),
    }),
  },
});
