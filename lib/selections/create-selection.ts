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
  findMatches,
  type Matches,
  type SelectedNumber,
  selectionFilterSchema,
} from "./find-matches.ts";
import {
  MAX_SELECTIONS,
  requireKept,
  requireMaker,
  SELECTION_INCLUDE,
  type SelectionRecord,
  selectionIdSchema,
  toSelectionRecord,
} from "./selection-record.ts";

const tooMany = `At most ${MAX_CHANGES.toLocaleString("en")} numbers at once.`;

export const createSelectionSchema = z.union([
  z.strictObject({
    acceptsBsuid: z.boolean(),
    phoneNumberIds: z
      .array(phoneNumberIdSchema)
      .min(1, "Select at least one number.")
      .max(MAX_CHANGES, tooMany),
  }),
  z.strictObject({ acceptsBsuid: z.boolean(), filter: selectionFilterSchema }),
  /** The 10,000 after those of this selection. */
  z.strictObject({ nextOf: selectionIdSchema }),
]);

/**
 * Selects numbers for a change: some by id, or all that match a filter of the list, 10,000 at a time. Keeps
 * them with their versions and places for a day; nothing changes yet. Takes `flag:set`.
 *
 * @throws AppError INVALID_INPUT for a filter that cannot be read, unknown numbers or none; NOT_FOUND
 */
export async function createSelection(
  actor: Actor,
  input: z.input<typeof createSelectionSchema>,
): Promise<SelectionRecord> {
  authorize(actor, "flag:set");
  const wanted = parseInput(createSelectionSchema, input);
  if (actor.type !== "person") {
    throw new AppError("FORBIDDEN", "A selection is a person's. Send flag changes instead.");
  }
  const { numbers, ...data } = await toSelection(actor, wanted);
  if (numbers.length === 0) throw none();
  const row = await db().$transaction(async (tx) => {
    const made = await tx.selection.create({
      data: { ...data, madeById: actor.id },
      include: SELECTION_INCLUDE,
    });
    await tx.$executeRaw`
      INSERT INTO selection_item (selection_id, phone_number_id, place, flag_version, account_id, portfolio_id, waba_id)
      SELECT ${made.id}::uuid, id, place, version, account_id, portfolio_id, waba_id
      FROM unnest(${numbers.map(({ id }) => id)}::text[],
                  ${numbers.map(({ flagVersion }) => flagVersion)}::int[],
                  ${numbers.map(({ accountId }) => accountId)}::uuid[],
                  ${numbers.map(({ portfolioId }) => portfolioId)}::text[],
                  ${numbers.map(({ wabaId }) => wabaId)}::text[])
           WITH ORDINALITY AS one(id, version, account_id, portfolio_id, waba_id, place)`;
    await forgetOldest(tx, actor.id);
    return made;
  });
  return toSelectionRecord(row);
}

type Wanted = z.output<typeof createSelectionSchema>;

type NewSelection = Omit<Matches, "total"> & {
  acceptsBsuid: boolean;
  filter: string | null;
  total: number;
  part: number;
};

async function toSelection(actor: Actor, wanted: Wanted): Promise<NewSelection> {
  if ("nextOf" in wanted) return await toNextPart(actor, wanted.nextOf);
  const { acceptsBsuid } = wanted;
  if ("filter" in wanted) {
    const matches = await findMatches(wanted.filter, null);
    return { ...matches, acceptsBsuid, filter: JSON.stringify(wanted.filter), part: 1 };
  }
  const numbers = await readNamed([...new Set(wanted.phoneNumberIds)]);
  const total = numbers.length;
  return { numbers, total, nextCursor: null, acceptsBsuid, filter: null, part: 1 };
}

async function toNextPart(actor: Actor, id: string): Promise<NewSelection> {
  const before = requireKept(await db().selection.findUnique({ where: { id } }), databaseNow());
  requireMaker(actor, before);
  const { acceptsBsuid, filter, nextCursor, part } = before;
  if (filter === null || nextCursor === null) throw none();
  const parsed = parseInput(selectionFilterSchema, toQuery(JSON.parse(filter)));
  return { ...(await findMatches(parsed, nextCursor)), acceptsBsuid, filter, part: part + 1 };
}

/** A parsed filter in the form that it was given in. */
function toQuery(filter: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, String(value)]));
}

async function readNamed(ids: readonly string[]): Promise<SelectedNumber[]> {
  const rows = await db().number.findMany({
    where: { phoneNumberId: { in: [...ids] } },
    select: {
      phoneNumberId: true,
      flagVersion: true,
      accountId: true,
      portfolioId: true,
      wabaId: true,
    },
  });
  const numbers = new Map(rows.map(({ phoneNumberId: id, ...row }) => [id, { id, ...row }]));
  const unknown = ids.filter((id) => !numbers.has(id));
  if (unknown.length > 0) {
    const message = `No number has the phone_number_id ${unknown.slice(0, 10).join(", ")}.`;
    throw new AppError("INVALID_INPUT", message, [{ path: "phoneNumberIds", message }]);
  }
  return ids.flatMap((id) => numbers.get(id) ?? []);
}

function none(): AppError {
  const message = "No number matches. Nothing was selected.";
  return new AppError("INVALID_INPUT", message, [{ path: "", message }]);
}

async function forgetOldest(tx: Prisma.TransactionClient, madeById: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM selection WHERE made_by_id = ${madeById}::uuid AND id NOT IN (
      SELECT id FROM selection WHERE made_by_id = ${madeById}::uuid
      ORDER BY created_at DESC LIMIT ${MAX_SELECTIONS})`;
}
