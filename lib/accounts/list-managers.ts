import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";

export type AccountManager = { email: string; name: string };

const MAX_MANAGERS = 500;

/** Lists the people who manage an account, by name, at most 500. Takes `number:read`. */
export async function listManagers(actor: Actor): Promise<AccountManager[]> {
  authorize(actor, "number:read");
  return await db().person.findMany({
    where: { accounts: { some: {} } },
    select: { email: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: MAX_MANAGERS,
  });
}
