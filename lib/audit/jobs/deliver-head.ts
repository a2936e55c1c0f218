import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { getConfig } from "../../config.ts";
import { db } from "../../db/client.ts";
import { logger } from "../../logger.ts";
import { readHead } from "../head/read-head.ts";
import type { SignedHead } from "../head/signed-head.ts";

/** Within the ten seconds that a transaction may rest. */
const POST_MS = 5_000;

type Receiver = { name: string; send: (head: SignedHead) => Promise<void> };

/**
 * Sends the signed head of the day, once each day: to the log, and to AUDIT_HEAD_URL. What could
 * not be sent is tried again at the next call; a later head covers the days that were missed.
 * Takes `audit:keep` and `audit:read`.
 */
export async function deliverHead(actor: Actor): Promise<void> {
  authorize(actor, "audit:keep");
  const head = await readHead(actor);
  const { headUrl } = getConfig().audit;
  const address = headUrl === null ? [] : [{ name: headUrl, send: post(headUrl) }];
  for (const receiver of [LOG, ...address]) await deliverOnce(head, receiver);
}

const LOG: Receiver = {
  name: "log",
  send: async (head) => logger().info({ auditHead: head }, "The audit trail's head of today."),
};

function post(url: string): Receiver["send"] {
  return async (head) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(head),
      signal: AbortSignal.timeout(POST_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The receiver of heads answered ${response.status}.`);
  };
}

async function deliverOnce(head: SignedHead, { name, send }: Receiver): Promise<void> {
  const day = new Date(new Date().toISOString().slice(0, 10));
  await db().$transaction(async (tx) => {
    const [turn] = await tx.$queryRaw<{ is_ours: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(hashtext('bsuid-console heads')) AS is_ours`;
    const receiver = name;
    if (!turn?.is_ours) return;
    if (await tx.auditHeadDelivery.findUnique({ where: { day_receiver: { day, receiver } } }))
      return;
    await send(head);
    await tx.auditHeadDelivery.create({ data: { day, receiver, seq: BigInt(head.seq) } });
  });
}
