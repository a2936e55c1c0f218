import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { getConfig } from "../../config.ts";
import { db } from "../../db/client.ts";
import { databaseNow } from "../../db/database-clock.ts";
import { withTurn } from "../../db/with-turn.ts";
import { logger } from "../../logger.ts";
import { readHead } from "../head/read-head.ts";
import type { SignedHead } from "../head/signed-head.ts";

const POST_MS = 30_000;

/** After the first attempt of a day; twice as long after each further one. */
const SHORTEST_PAUSE_SECONDS = 60;
const LONGEST_PAUSE_SECONDS = 3_600;

type Receiver = { name: string; send: (head: SignedHead) => Promise<void> };

/**
 * Sends the signed head of the day, once each day: to the log, and to AUDIT_HEAD_URL. What could
 * not be sent is tried again at later calls, ever less often; a later head covers the days that were
 * missed. Takes `audit:keep` and `audit:read`.
 *
 * @param ends stops waiting for a receiver
 */
export async function deliverHead(actor: Actor, ends?: AbortSignal): Promise<void> {
  authorize(actor, "audit:keep");
  const head = await readHead(actor);
  const { headUrl } = getConfig().audit;
  const address = headUrl === null ? [] : [{ name: headUrl, send: post(headUrl, ends) }];
  for (const receiver of [LOG, ...address]) await deliverOnce(head, receiver);
}

const LOG: Receiver = {
  name: "log",
  send: async (head) => logger().info({ auditHead: head }, "The audit trail's head of today."),
};

function post(url: string, ends: AbortSignal | undefined): Receiver["send"] {
  return async (head) => {
    const timeout = AbortSignal.timeout(POST_MS);
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(head),
      signal: ends ? AbortSignal.any([timeout, ends]) : timeout,
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The receiver of heads answered ${response.status}.`);
  };
}

/**
 * The attempt is committed before the head leaves: a receiver that is slow to answer may have it,
 * and no transaction waits for it.
 */
async function deliverOnce(head: SignedHead, { name: receiver, send }: Receiver): Promise<void> {
  const day = new Date(databaseNow().toISOString().slice(0, 10));
  if (!(await isWanted(day, receiver))) return;
  await withTurn("heads", async () => {
    if (!(await isWanted(day, receiver))) return;
    const seq = BigInt(head.seq);
    await db().auditHeadAttempt.create({ data: { day, receiver, seq } });
    await send(head);
    await db().auditHeadDelivery.create({ data: { day, receiver, seq } });
  });
}

/** Whether it was not delivered, and the pause after the last attempt is over, by the database's clock. */
async function isWanted(day: Date, receiver: string): Promise<boolean> {
  const delivery = await db().auditHeadDelivery.findUnique({
    where: { day_receiver: { day, receiver } },
  });
  if (delivery) return false;
  const [attempts] = await db().$queryRaw<{ count: number; restedSeconds: number | null }[]>`
    SELECT count(*)::int AS count,
      extract(epoch FROM clock_timestamp() - max(begun_at))::float8 AS "restedSeconds"
    FROM audit_head_attempt
    WHERE day = ${day.toISOString().slice(0, 10)}::date AND receiver = ${receiver}`;
  const { count = 0, restedSeconds = null } = attempts ?? {};
  const pause = Math.min(SHORTEST_PAUSE_SECONDS * 2 ** (count - 1), LONGEST_PAUSE_SECONDS);
  return restedSeconds === null || restedSeconds >= pause;
}
