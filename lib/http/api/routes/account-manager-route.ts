import { getAccount } from "../../../accounts/get-account.ts";
import { setAccountPeople, setAccountPeopleSchema } from "../../../accounts/set-account-people.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { accountPathSchema, changedAccountSchema } from "../schemas/account-schema.ts";

const bodySchema = setAccountPeopleSchema
  .omit({ accountIds: true })
  .meta({ id: "SetAccountManager", description: "Who looks after the account, and why." });

/** Sets who looks after one account. */
export const accountManagerRoute = defineRoute({
  path: "/api/v1/accounts/{accountId}/manager",
  operations: {
    PUT: operation({
      operationId: "setAccountManager",
      summary: "Set an account's manager and stand-ins",
      description:
        "A manager that the roster names is changed there: another one is refused with 409. What is left out stays.",
      tag: "Accounts",
      access: "account:manage",
      params: accountPathSchema,
      body: bodySchema,
      problems: [404, 409, 413],
      response: { description: "The account as it is now.", schema: changedAccountSchema },
      isIdempotent: true,
      isKept: "after",
      change: async ({ actor, params: { accountId }, body }) => {
        const accountIds = [accountId];
        const { changedCount } = await setAccountPeople(actor, { ...body, accountIds });
        return { changed: changedCount > 0, account: await getAccount(actor, accountId) };
      },
      toReply: (body) => ({ body }),
    }),
  },
});
