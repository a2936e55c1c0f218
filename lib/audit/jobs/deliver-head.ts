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

/** The pause after the first attempt of a day; doubled after each further one. */
const MIN_PAUSE_SECONDS = 60;
const MAX_PAUSE_SECONDS = 3_600;

type Receiver = { name: string; send: (head: SignedHead) => Promise<void> };

/**
 * Sends the signed head once a day, to the log and to AUDIT_HEAD_URL. Later calls retry what could
 * not be sent, less and less often; a later head covers the days that were missed. Takes `audit:keep`
 * and `audit:read`.
 *
 * @param ends aborts the request to a receiver
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
 * The attempt is stored before the head is sent, so that no transaction waits for the receiver, and an
 * unanswered request, which may have arrived, is followed by a pause, too.
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

/** Whether the day's head was not delivered yet and the pause since the last attempt is over, by the database's clock. */
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
  const pause = Math.min(MIN_PAUSE_SECONDS * 2 ** (count - 1), MAX_PAUSE_SECONDS);
  return restedSeconds === null || restedSeconds >= pause;
}
