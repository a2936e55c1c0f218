import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";

/** Which of these accounts need two people for every change of a flag. Takes `desk:read`. */
export async function needingTwoPeople(
  actor: Actor,
  accountIds: readonly string[],
): Promise<Set<string>> {
  authorize(actor, "desk:read");
  const accounts = await db().account.findMany({
    where: { id: { in: [...new Set(accountIds)] }, needsTwoPeople: true },
    select: { id: true },
  });
  return new Set(accounts.map(({ id }) => id));
}
