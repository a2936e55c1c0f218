import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { MAX_CHANGES } from "../flags/max-changes.ts";
import { isOwnAccount } from "../flags/pending/requester.ts";
import { MAX_CHARACTERS } from "../numbers/max-characters.ts";
import { toCondition } from "../numbers/number-filter.ts";
import type { NumberRecord } from "../numbers/number-record.ts";
import { phoneNumberIdSchema } from "../numbers/phone-number-id.ts";
import { readNumbersInOrder } from "../numbers/read-numbers-in-order.ts";
import { readSearch } from "../numbers/read-search.ts";
import { parseInput } from "../parse-input.ts";
import { isStorable } from "../text.ts";

const MAX_MATCHES = 20;

const listAskableNumbersSchema = z.strictObject({
  q: z.string().max(MAX_CHARACTERS).refine(isStorable, "q has a broken character.").default(""),
  /** Chosen already, and so not among the matches. */
  chosen: z.array(phoneNumberIdSchema).max(MAX_CHANGES).default([]),
});

/** A chosen number; `isAskable` is false for one of an account that the actor does not look after. */
export type ChosenNumber = { number: NumberRecord; isAskable: boolean };

/**
 * Lists the numbers that the actor has chosen, and the first 20 others in service that match and that they may
 * ask for: account managers those of their accounts. Takes `request:create`.
 *
 * @throws AppError INVALID_INPUT for a malformed id
 */
export async function listAskableNumbers(
  actor: Actor,
  input: z.input<typeof listAskableNumbersSchema>,
): Promise<{ chosen: ChosenNumber[]; matches: NumberRecord[] }> {
  authorize(actor, "request:create");
  const { q, chosen } = parseInput(listAskableNumbersSchema, input);
  const matches = await toCondition({ retired: false }, await readSearch(q));
  const isLimited = actor.type === "person" && actor.role === "account_manager";
  const isOwn = isLimited ? isOwnAccount(Prisma.sql`${actor.id}::uuid`) : Prisma.sql`TRUE`;
  const [rows, askable, numbers] = await Promise.all([
    db().$queryRaw<{ id: string }[]>`
      SELECT n.phone_number_id AS id FROM number n JOIN account a ON a.id = n.account_id
      WHERE ${matches} AND ${isOwn} AND n.phone_number_id <> ALL(${chosen}::text[])
      ORDER BY n.label, n.phone_number_id LIMIT ${MAX_MATCHES}`,
    db().$queryRaw<{ id: string }[]>`
      SELECT n.phone_number_id AS id FROM number n JOIN account a ON a.id = n.account_id
      WHERE n.phone_number_id = ANY(${chosen}::text[]) AND ${isOwn}`,
    readNumbersInOrder(chosen),
  ]);
  const askableIds = new Set(askable.map(({ id }) => id));
  return {
    chosen: numbers.map((number) => ({ number, isAskable: askableIds.has(number.phoneNumberId) })),
    matches: await readNumbersInOrder(rows.map(({ id }) => id)),
  };
}
