import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import type { Prisma } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";
import { MAX_CHANGES } from "../flags/max-changes.ts";
import { phoneNumberIdSchema } from "../numbers/phone-number-id.ts";
import { parseInput } from "../parse-input.ts";
import {
  requireKept,
  requireMaker,
  requireUnconfirmed,
  selectionIdSchema,
} from "./selection-record.ts";

export const changeSelectionSchema = z.strictObject({
  selectionId: selectionIdSchema,
  /** Of the selection's numbers: leaves these out. */
  exclude: z.array(phoneNumberIdSchema).max(MAX_CHANGES).default([]),
  /** Of the selection's numbers: takes these in again. */
  include: z.array(phoneNumberIdSchema).max(MAX_CHANGES).default([]),
  /** Adds these, as they are now. */
  add: z.array(phoneNumberIdSchema).max(MAX_CHANGES).default([]),
});

/**
 * Leaves numbers out of a selection, takes them in again, or adds others. For who made it, until it is
 * confirmed. Takes `flag:set`.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT
 */
export async function changeSelection(
  actor: Actor,
  input: z.input<typeof changeSelectionSchema>,
): Promise<{ added: number }> {
  authorize(actor, "flag:set", { tried: input.selectionId });
  const { selectionId, exclude, include, add } = parseInput(changeSelectionSchema, input);
  return await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT FROM selection WHERE id = ${selectionId}::uuid FOR UPDATE`;
    const stored = await tx.selection.findUnique({ where: { id: selectionId } });
    const row = requireKept(stored, databaseNow());
    requireMaker(actor, row);
    requireUnconfirmed(row);
    await setExcluded(tx, { selectionId, ids: exclude, isExcluded: true });
    await setExcluded(tx, { selectionId, ids: include, isExcluded: false });
    return { added: await addNumbers(tx, { selectionId, ids: add }) };
  });
}

async function setExcluded(
  tx: Prisma.TransactionClient,
  { selectionId, ids, isExcluded }: { selectionId: string; ids: string[]; isExcluded: boolean },
): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRaw`
    UPDATE selection_item SET is_excluded = ${isExcluded}
    WHERE selection_id = ${selectionId}::uuid AND phone_number_id = ANY(${ids}::text[])`;
}

/** Adds numbers behind the others; those that are there already are taken in again, as they are now. */
async function addNumbers(
  tx: Prisma.TransactionClient,
  { selectionId, ids }: { selectionId: string; ids: string[] },
): Promise<number> {
  if (ids.length === 0) return 0;
  const added = await tx.$executeRaw`
    INSERT INTO selection_item (selection_id, phone_number_id, place, flag_version, account_id, portfolio_id, waba_id)
    SELECT ${selectionId}::uuid, n.phone_number_id,
           (SELECT max(place) FROM selection_item WHERE selection_id = ${selectionId}::uuid)
             + row_number() OVER (ORDER BY n.phone_number_id),
           n.flag_version, n.account_id, n.portfolio_id, n.waba_id
    FROM number n WHERE n.phone_number_id = ANY(${ids}::text[])
    ON CONFLICT (selection_id, phone_number_id)
      DO UPDATE SET is_excluded = false, flag_version = excluded.flag_version,
        account_id = excluded.account_id, portfolio_id = excluded.portfolio_id, waba_id = excluded.waba_id`;
  const count = await tx.selectionItem.count({ where: { selectionId } });
  if (count > MAX_CHANGES) {
    const message = `That would be ${count} numbers, and at most 10,000 are changed at once. Nothing was added.`;
    throw new AppError("CONFLICT", message);
  }
  return added;
}
