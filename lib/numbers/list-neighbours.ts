import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { NUMBER_RECORD_INCLUDE, type NumberRecord, toNumberRecord } from "./number-record.ts";

const MAX_NEIGHBOURS = 50;

/**
 * Lists the other numbers in service of the same account and portfolio. Customers have the same BSUIDs
 * there, so with different flags one number drops what another accepts. Takes `number:read`.
 *
 * @returns at most 50, by label
 */
export async function listNeighbours(actor: Actor, number: NumberRecord): Promise<NumberRecord[]> {
  authorize(actor, "number:read");
  const rows = await db().number.findMany({
    where: {
      accountId: number.account.id,
      portfolioId: number.portfolioId,
      retiredAt: null,
      phoneNumberId: { not: number.phoneNumberId },
    },
    include: NUMBER_RECORD_INCLUDE,
    orderBy: [{ label: "asc" }, { phoneNumberId: "asc" }],
    take: MAX_NEIGHBOURS,
  });
  return rows.map(toNumberRecord);
}
