import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { NUMBER_RECORD_INCLUDE, type NumberRecord, toNumberRecord } from "./number-record.ts";

const MOST_NEIGHBOURS = 50;

/**
 * The other numbers in service of the same account and portfolio: the same customers carry
 * the same BSUIDs there, so a differing flag drops on one what another accepts. Takes `number:read`.
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
    take: MOST_NEIGHBOURS,
  });
  return rows.map(toNumberRecord);
}
