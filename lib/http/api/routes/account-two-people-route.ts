import { getAccount } from "../../../accounts/get-account.ts";
import { setTwoPeople, setTwoPeopleSchema } from "../../../requests/set-two-people.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { accountPathSchema, changedAccountSchema } from "../schemas/account-schema.ts";
import { ACCEPTED_AS_REQUEST } from "../schemas/request-schema.ts";

const bodySchema = setTwoPeopleSchema
  .omit({ accountId: true })
  .meta({ id: "SetTwoPeople", description: "Whether changes take two people, and why." });

/** Switches the two-person rule of one account. */
export const accountTwoPeopleRoute = defineRoute({
  path: "/api/v1/accounts/{accountId}/two-people",
  operations: {
    PUT: operation({
      operationId: "setTwoPeople",
      summary: "Require two people for an account's changes, or ask to lift that",
      description:
        "On at once. To lift it becomes a request, which another admin approves in the console; 409 while there is one.",
      tag: "Accounts",
      access: "account:two-people",
      params: accountPathSchema,
      body: bodySchema,
      problems: [404, 409, 413],
      response: { description: "The account as it is now.", schema: changedAccountSchema },
      accepted: {
        ...ACCEPTED_AS_REQUEST,
        description: "Nothing is changed yet: another admin has to approve the request.",
      },
      isIdempotent: true,
      isKept: "after",
      change: async ({ actor, params: { accountId }, body }) => {
        const result = await setTwoPeople(actor, { ...body, accountId });
        return { ...result, account: await getAccount(actor, accountId) };
      },
      toReply: ({ request, ...body }) => (request ? { status: 202, body: { request } } : { body }),
    }),
  },
});
