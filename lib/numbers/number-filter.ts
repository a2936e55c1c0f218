import { z } from "zod";
import { Prisma } from "../db/generated/client.ts";
import { escapeLike } from "../text.ts";
import { lossesSince, weekStart } from "./loss-window.ts";
import { parseSearchQuery, type SearchQuery } from "./search-query.ts";

/** A flag in a query string. */
const queryFlagSchema = z
  .enum(["true", "false"], { error: "must be true or false." })
  .transform((value) => value === "true");

/** Which numbers; every field narrows. */
export const numberFilterSchema = z.object({
  q: z
    .string()
    .max(20_000, "q must have at most 20,000 characters.")
    .refine((value) => value.isWellFormed() && !value.includes("\0"), "q has a broken character.")
    .optional()
    .meta({
      description:
        "Label, account, phone in any spelling, phone_number_id, or pasted text with several numbers.",
    }),
  accountId: z.uuid({ error: "accountId must be the id of an account." }).optional(),
  accepts: queryFlagSchema.optional(),
  retired: queryFlagSchema.optional(),
  losing: queryFlagSchema.optional().meta({
    description: "Whether it dropped a message of a phone-less customer in the last 7 days.",
  }),
});

export type NumberFilter = z.output<typeof numberFilterSchema>;

/** The filter as a condition on `number n JOIN account a`. */
export function toCondition(filter: NumberFilter): Prisma.Sql {
  const conditions = [toSearchCondition(parseSearchQuery(filter.q ?? ""))];
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
  return Prisma.join(conditions, " AND ");
}

function toSearchCondition(query: SearchQuery): Prisma.Sql {
  switch (query.kind) {
    case "all":
      return Prisma.sql`TRUE`;
    case "numbers":
      return Prisma.sql`EXISTS (SELECT FROM unnest(${query.numbers}::text[]) AS w(digits)
                                WHERE ${IS_THE_NUMBER})`;
    case "text": {
      const words = `%${escapeLike(query.text)}%`;
      const digits = query.digits === null ? null : `%${query.digits}%`;
      return Prisma.sql`(n.label ILIKE ${words} OR a.name ILIKE ${words}
        OR n.display_phone_number LIKE ${digits} OR n.phone_number_id LIKE ${digits})`;
    }
  }
}

/** A pasted number is a whole id, or a whole phone with or without its country code. */
export const IS_THE_NUMBER = Prisma.sql`(
  n.phone_number_id = w.digits
  OR (reverse(n.display_phone_number) COLLATE "C" >= reverse(w.digits)
      AND reverse(n.display_phone_number) COLLATE "C" < reverse(w.digits) || ':'))`;
