import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { ROLES } from "../access/roles.ts";
import { db } from "../db/client.ts";
import { mayLookAfterAccounts } from "./find-account-people.ts";

const MAX_PEOPLE = 1_000;

/** Lists the people who may look after accounts, by name: the first 1,000. Takes `account:manage`. */
export async function listPossibleManagers(
  actor: Actor,
): Promise<{ email: string; name: string }[]> {
  authorize(actor, "account:manage");
  return await db().person.findMany({
    where: { disabledAt: null, role: { in: ROLES.filter(mayLookAfterAccounts) } },
    select: { email: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: MAX_PEOPLE,
  });
}
