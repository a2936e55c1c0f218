import { z } from "zod";
import type { AccountRecord } from "../../../accounts/account-record.ts";
import { accountIdSchema } from "../../../accounts/get-account.ts";
import { nextCursorSchema } from "./number-schema.ts";

/** The path parameters of everything about one account. */
export const accountPathSchema = z.object({ accountId: accountIdSchema });

const personSchema = z.strictObject({ email: z.string(), name: z.string() });
const countSchema = z.int().min(0);

/** An account, as the API returns it. */
export const accountSchema = z
  .strictObject({
    id: z.uuid(),
    externalId: z.string().meta({ description: "Its id in the roster.", example: "acc-1042" }),
    name: z.string().meta({ example: "Acme" }),
    manager: personSchema.nullable(),
    isManagerFromRoster: z.boolean().meta({
      description: "Whether the roster names the manager, who then cannot be set here.",
    }),
    standIns: z.array(personSchema),
    zone: z.string().nullable().meta({ description: "IANA.", example: "America/Sao_Paulo" }),
    needsTwoPeople: z.boolean().meta({
      description: "Whether each change of a flag takes one who asks and another who approves.",
    }),
    numbers: z
      .strictObject({ on: countSchema, off: countSchema, retired: countSchema })
      .meta({ description: "How many of its numbers are on, off and retired." }),
    portfolios: z
      .array(
        z.strictObject({
          portfolioId: z.string(),
          on: countSchema,
          off: countSchema,
          isMixed: z.boolean().meta({
            description: "Some are on and some off: one drops a customer whom another accepts.",
          }),
        }),
      )
      .meta({ description: "Those with numbers in service." }),
    lostIn7Days: countSchema.meta({
      description: "Messages of phone-less customers that its numbers dropped in the last 7 days.",
    }),
    openRequests: countSchema,
  })
  .meta({
    id: "Account",
    description: "A customer business, and what is counted of its numbers.",
  }) satisfies z.ZodType<AccountRecord>;

/** A page of accounts. */
export const accountPageSchema = z.strictObject({
  items: z.array(accountSchema),
  total: countSchema.meta({ description: "How many match, over all pages." }),
  nextCursor: nextCursorSchema(),
});

/** The answer to a change of an account. */
export const changedAccountSchema = z.strictObject({
  changed: z.boolean().meta({ description: "False when it already was as wanted." }),
  account: accountSchema,
});
