import { z } from "zod";
import { Prisma } from "../db/generated/client.ts";
import { emailSchema } from "../people/person-record.ts";
import { queryFlagSchema } from "../query-flag.ts";
import { storedTime } from "../stored-time.ts";
import { lossesSince, weekStart } from "./loss-window.ts";
import { MAX_CHARACTERS } from "./max-characters.ts";
import type { Search } from "./read-search.ts";
import { toSearchCondition } from "./search-condition.ts";

/** A filter for numbers; all given fields have to match. */
export const numberFilterSchema = z.object({
  q: z
    .string()
    .max(MAX_CHARACTERS, `q must have at most ${MAX_CHARACTERS} characters.`)
    .refine((value) => value.isWellFormed() && !value.includes("\0"), "q has a broken character.")
    .optional()
    .meta({
      description:
        "Words, each of which is in the label, account, manager, phone or an id, whatever its accents and case; one or two letters are the beginning of a word. Or a phone in any spelling, or pasted text with several numbers.",
    }),
  accountId: z.uuid({ error: "accountId must be the id of an account." }).optional(),
  accepts: queryFlagSchema.optional(),
  retired: queryFlagSchema.optional(),
  losing: queryFlagSchema.optional().meta({
    description: "Whether it dropped a message of a phone-less customer in the last 7 days.",
  }),
  mixed: queryFlagSchema.optional().meta({
    description:
      "Whether it is in service and another number of its account and portfolio has the opposite flag: one drops a customer whom the other accepts.",
  }),
  manager: emailSchema
    .optional()
    .meta({ description: "The e-mail address of its account's manager." }),
  changedSince: storedTime(
    "changedSince must be a time with its zone, such as 2026-11-22T10:00:00Z.",
  )
    .optional()
    .meta({ description: "The flag was changed then or later." }),
});

export type NumberFilter = z.output<typeof numberFilterSchema>;

/** A filter and its parsed search as a condition on `number n JOIN account a`. */
export async function toCondition(
  filter: Omit<NumberFilter, "q">,
  search: Search,
): Promise<Prisma.Sql> {
  const conditions = [await toSearchCondition(search)];
  if (filter.accountId !== undefined) {
    conditions.push(Prisma.sql`n.account_id = ${filter.accountId}::uuid`);
  }
  if (filter.accepts !== undefined) {
    conditions.push(Prisma.sql`n.accepts_bsuid = ${filter.accepts}`);
  }
  if (filter.retired !== undefined) {
    conditions.push(Prisma.sql`(n.retired_at IS NOT NULL) = ${filter.retired}`);
  }
  if (filter.losing !== undefined) {
    const losing = Prisma.sql`SELECT phone_number_id FROM ${lossesSince(weekStart())} AS losing`;
    conditions.push(Prisma.sql`(n.phone_number_id IN (${losing})) = ${filter.losing}`);
  }
  if (filter.mixed !== undefined) conditions.push(Prisma.sql`(${IS_MIXED}) = ${filter.mixed}`);
  if (filter.manager !== undefined) {
    const manager = Prisma.sql`SELECT id FROM person WHERE email = ${filter.manager}`;
    conditions.push(Prisma.sql`a.manager_id = (${manager})`);
  }
  if (filter.changedSince !== undefined) {
    conditions.push(Prisma.sql`n.flag_changed_at >= ${new Date(filter.changedSince)}`);
  }
  return Prisma.join(conditions, " AND ");
}

const IS_MIXED = Prisma.sql`n.retired_at IS NULL AND EXISTS (
  SELECT FROM number o
  WHERE o.account_id = n.account_id AND o.portfolio_id = n.portfolio_id
    AND o.retired_at IS NULL AND o.accepts_bsuid <> n.accepts_bsuid)`;
