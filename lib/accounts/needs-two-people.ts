import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";

/** Whether every change of a flag in this account takes two people; false for an unknown one. Takes `desk:read`. */
export async function needsTwoPeople(actor: Actor, accountId: string): Promise<boolean> {
  authorize(actor, "desk:read");
  const account = await db().account.findUnique({
    where: { id: accountId },
    select: { needsTwoPeople: true },
  });
  return account?.needsTwoPeople ?? false;
}
