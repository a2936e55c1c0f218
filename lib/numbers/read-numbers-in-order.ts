import { db } from "../db/client.ts";
import { NUMBER_RECORD_INCLUDE, type NumberRecord, toNumberRecord } from "./number-record.ts";

/** Reads the numbers with these ids, in this order; ignores unknown ids. */
export async function readNumbersInOrder(ids: readonly string[]): Promise<NumberRecord[]> {
  const rows = await db().number.findMany({
    where: { phoneNumberId: { in: [...ids] } },
    include: NUMBER_RECORD_INCLUDE,
  });
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const indexOf = (number: NumberRecord) => indexes.get(number.phoneNumberId) ?? 0;
  return rows.map(toNumberRecord).sort((one, other) => indexOf(one) - indexOf(other));
}
