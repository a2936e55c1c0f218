import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { Prisma } from "../db/generated/client.ts";
import { type ListedPerson, readPeople } from "./read-people.ts";

const MAX = 100;

/** Lists people who will be erased unless an admin withdraws the request; at most 100. Takes `person:manage`. */
export async function listWaitingErasures(actor: Actor): Promise<ListedPerson[]> {
  authorize(actor, "person:manage");
  const isWaiting = Prisma.sql`p.erasure_requested_at IS NOT NULL AND p.erased_at IS NULL`;
  return await readPeople(isWaiting, { limit: MAX });
}
