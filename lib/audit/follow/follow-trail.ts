import { db } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import type { SignedEvent } from "../event.ts";
import { toSignedEvent } from "../to-signed-event.ts";

/** A reader of the trail that makes something of its entries: deliveries, notices. */
export type Follower = {
  /** Of its row in `trail_follower`; never renamed. */
  name: string;
  /**
   * Writes what it makes of the entries, given in the trail's order, in the transaction that moves the
   * follower on. If it throws, nothing is written and the same entries are given again: what it cannot use,
   * it leaves out. A batch may be split between two calls.
   */
  take: (tx: Prisma.TransactionClient, events: SignedEvent[]) => Promise<void>;
};

/** How many entries are taken in one transaction. */
export const MAX_TAKEN = 500;

/**
 * Gives a follower the next entries of the trail: each to one console, once. A new follower begins at the
 * trail's end. Entries are given without gaps, since they are committed in the order of their `seq`.
 *
 * @returns whether there may be more
 */
export async function followTrail({ name, take }: Follower): Promise<boolean> {
  if (!(await isBehind(name))) return false;
  return await db().$transaction(async (tx) => {
    const [position] = await tx.$queryRaw<{ seq: bigint }[]>`
      SELECT seq FROM trail_follower WHERE name = ${name} FOR UPDATE SKIP LOCKED`;
    // Another console is taking them.
    if (!position) return false;
    const rows = await tx.auditEvent.findMany({
      where: { seq: { gt: position.seq } },
      orderBy: { seq: "asc" },
      take: MAX_TAKEN,
    });
    const last = rows.at(-1);
    if (!last) return false;
    await take(tx, rows.map(toSignedEvent));
    await tx.trailFollower.update({ where: { name }, data: { seq: last.seq } });
    return rows.length === MAX_TAKEN;
  });
}

/** Whether there are entries to take; begins a new follower. Opens no transaction, since it is asked each second. */
async function isBehind(name: string): Promise<boolean> {
  const [found] = await db().$queryRaw<{ isBehind: boolean }[]>`
    SELECT f.seq < l.seq AS "isBehind" FROM trail_follower f, ledger l WHERE f.name = ${name}`;
  if (found) return found.isBehind;
  await db().$executeRaw`
    INSERT INTO trail_follower (name, seq) SELECT ${name}, seq FROM ledger ON CONFLICT DO NOTHING`;
  return false;
}
