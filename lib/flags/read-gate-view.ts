import { Prisma } from "../db/generated/client.ts";
import type { SqlRunner } from "../db/sql-runner.ts";
import { readNumberRecords } from "../numbers/number-record.ts";
import type { GateView } from "./gate.ts";

/** Reads what the gate needs to know of these numbers. Under the ledger's lock, so that it stays true. */
export async function readGateView(
  runner: SqlRunner,
  phoneNumberIds: readonly string[],
): Promise<GateView> {
  const [records, rows] = await Promise.all([
    readNumberRecords(runner, phoneNumberIds),
    runner.query<{ id: string }>(Prisma.sql`
      SELECT n.phone_number_id AS id FROM number n
      JOIN account a ON a.id = n.account_id AND a.needs_two_people
      WHERE n.phone_number_id = ANY(${phoneNumberIds}::text[])`),
  ]);
  return {
    numbers: new Map(records.map((number) => [number.phoneNumberId, number])),
    needingTwoPeople: new Set(rows.map(({ id }) => id)),
  };
}
