import { db } from "../db/client.ts";
import { NUMBER_RECORD_INCLUDE, type NumberRecord, toNumberRecord } from "./number-record.ts";

/** The numbers with these ids, in this order; ids that there are none of are left out. */
export async function readNumbersInOrder(ids: readonly string[]): Promise<NumberRecord[]> {
  const rows = await db().number.findMany({
    where: { phoneNumberId: { in: [...ids] } },
    include: NUMBER_RECORD_INCLUDE,
  });
  const places = new Map(ids.map((id, place) => [id, place]));
  const place = (number: NumberRecord) => places.get(number.phoneNumberId) ?? 0;
  return rows.map(toNumberRecord).sort((one, other) => place(one) - place(other));
}
