import { listAccounts, listAccountsSchema } from "../../../accounts/list-accounts.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { accountPageSchema } from "../schemas/account-schema.ts";

/** The accounts, searched and filtered. */
export const accountsRoute = defineRoute({
  path: "/api/v1/accounts",
  operations: {
    GET: operation({
      operationId: "listAccounts",
      summary: "Accounts that match, by name",
      tag: "Accounts",
      access: "desk:read",
      query: listAccountsSchema,
      response: { description: "A page of accounts.", schema: accountPageSchema },
      answer: async ({ actor, query }) => jsonResponse(await listAccounts(actor, query)),
    }),
  },
});
