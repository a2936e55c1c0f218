import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";

export type AccountName = { id: string; name: string };

const MOST_ACCOUNTS = 1_000;

/** The accounts to filter by, in order of name, at most 1,000. Takes `number:read`. */
export async function listAccounts(actor: Actor): Promise<AccountName[]> {
  authorize(actor, "number:read");
  return await db().account.findMany({
    select: { id: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: MOST_ACCOUNTS,
  });
}
