import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { limitSchema, parsePageCursor, toPageCursor } from "../page-cursor.ts";
import { parseInput } from "../parse-input.ts";
import type { NumberRecord } from "./number-record.ts";
import { phoneNumberIdSchema } from "./phone-number-id.ts";
import { readNumbersInOrder } from "./read-numbers-in-order.ts";

/** The cursor to start with: before the first number. */
const START = "0";

const listUpdatedNumbersSchema = z.strictObject({
  updatedSince: z.string(),
  limit: limitSchema,
});

/** The last number read, its roster revision, and the end of the trail at that time. */
type Position = { revision: string; id: string; seq: string; hash: string };

const digits = z.string().regex(/^[0-9]{1,18}$/);
const positionSchema = z.tuple([
  z.literal("updated"),
  digits,
  z.union([phoneNumberIdSchema, z.literal("")]),
  digits,
  z.string().regex(/^[0-9a-f]{16}$/),
]);

/**
 * Lists the numbers that changed since the cursor, in the order of their changes, retired ones included; "0"
 * lists all. Fewer than `limit` means that these are all for now. A cursor from before the database was
 * restored starts over. Takes `number:read`.
 *
 * @throws AppError INVALID_INPUT for an invalid cursor
 */
export async function listUpdatedNumbers(
  actor: Actor,
  input: z.input<typeof listUpdatedNumbersSchema>,
): Promise<{ items: NumberRecord[]; nextCursor: string }> {
  authorize(actor, "number:read");
  const { updatedSince, limit } = parseInput(listUpdatedNumbersSchema, input);
  const { revision, id } = await findPosition(updatedSince);
  // One statement, so one state of the database: every number up to the trail's end in it is seen.
  const rows = await db().$queryRaw<Row[]>`
    SELECT l.seq::text, left(l.head_hash, 16) AS hash, n.revision::text, n.id
    FROM ledger l LEFT JOIN LATERAL (
      SELECT roster_revision AS revision, phone_number_id AS id FROM number
      WHERE (roster_revision, phone_number_id) > (${revision}::bigint, ${id})
      ORDER BY roster_revision, phone_number_id LIMIT ${limit}) n ON TRUE
    ORDER BY n.revision, n.id`;
  const page = rows.flatMap((row) => (row.id === null ? [] : [{ ...row, id: row.id }]));
  const end = page.at(-1);
  const at = { revision: end?.revision ?? revision, id: end?.id ?? id };
  return {
    items: await readNumbersInOrder(page.map((row) => row.id)),
    nextCursor: toCursor({ ...at, seq: rows[0]?.seq ?? "0", hash: rows[0]?.hash ?? "" }),
  };
}

type Row = { seq: string; hash: string; revision: string | null; id: string | null };

async function findPosition(updatedSince: string): Promise<Pick<Position, "revision" | "id">> {
  const start = { revision: "0", id: "" };
  if (updatedSince === START) return start;
  const [, revision, id, seq, hash] = parsePageCursor(positionSchema, updatedSince, "updatedSince");
  // Start over also when the trail's end at that time is archived: it cannot be compared any more.
  const [row] = await db().$queryRaw<{ is_known: boolean }[]>`
    SELECT EXISTS (SELECT FROM audit_event WHERE seq = ${seq}::bigint AND left(hash, 16) = ${hash})
      AS is_known`;
  return row?.is_known || seq === "0" ? { revision, id } : start;
}

function toCursor({ revision, id, seq, hash }: Position): string {
  return toPageCursor(["updated", revision, id, seq, hash]);
}
