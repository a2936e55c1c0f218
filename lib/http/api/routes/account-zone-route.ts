import { getAccount } from "../../../accounts/get-account.ts";
import { setAccountZone, setAccountZoneSchema } from "../../../accounts/set-account-zone.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { accountPathSchema, changedAccountSchema } from "../schemas/account-schema.ts";

const bodySchema = setAccountZoneSchema
  .omit({ accountId: true })
  .meta({ id: "SetAccountZone", description: "The account's time zone, and why." });

/** Sets the time zone of one account. */
export const accountZoneRoute = defineRoute({
  path: "/api/v1/accounts/{accountId}/zone",
  operations: {
    PUT: operation({
      operationId: "setAccountZone",
      summary: "Set an account's time zone",
      description: "A roster that names another zone sets that with its next import.",
      tag: "Accounts",
      access: "account:manage",
      params: accountPathSchema,
      body: bodySchema,
      problems: [404, 413],
      response: { description: "The account as it is now.", schema: changedAccountSchema },
      isIdempotent: true,
      isKept: "after",
      change: async ({ actor, params: { accountId }, body }) => {
        const { changed } = await setAccountZone(actor, { ...body, accountId });
        return { changed, account: await getAccount(actor, accountId) };
      },
      toReply: (body) => ({ body }),
    }),
  },
});
