import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import {
  NUMBER_RECORD_INCLUDE,
  type NumberRecord,
  toNumberRecord,
} from "../numbers/number-record.ts";
import { parseInput } from "../parse-input.ts";
import { accountIdSchema } from "./get-account.ts";

const MAX_NUMBERS = 200;

/**
 * Lists the numbers in service of an account, portfolio by portfolio, each by label: the first 200. Takes
 * `number:read`.
 */
export async function listAccountNumbers(actor: Actor, id: string): Promise<NumberRecord[]> {
  authorize(actor, "number:read");
  const accountId = parseInput(accountIdSchema, id);
  const rows = await db().number.findMany({
    where: { accountId, retiredAt: null },
    include: NUMBER_RECORD_INCLUDE,
    orderBy: [{ portfolioId: "asc" }, { label: "asc" }, { phoneNumberId: "asc" }],
    take: MAX_NUMBERS,
  });
  return rows.map(toNumberRecord);
}
