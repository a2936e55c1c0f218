import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { AttemptEnd, PendingWebhook } from "../store/webhook-queue.ts";
import { until } from "../testing/until.ts";
import { Dispatcher, type Trouble } from "./dispatcher.ts";
import type { Attempt } from "./webhook-sender.ts";

const DELIVERED: Attempt = { isDelivered: true };

function aWebhook(seq: number, lanes: string): PendingWebhook {
  return { seq, lanes, eventId: `event ${seq}`, decidedAt: Date.now(), attempts: 0, payload: "{}" };
}

/** A dispatcher whose attempts and writes end when the test says so. */
function aDispatcher() {
  const attempts: { seq: number; end: (attempt: Attempt) => void }[] = [];
  const writes: {
    ends: readonly AttemptEnd[];
    resolve: () => void;
    reject: (why: Error) => void;
  }[] = [];
  const troubles: Trouble[] = [];
  const dispatcher = new Dispatcher({
    queue: { find: (seq) => aWebhook(seq, "a"), listLeft: () => [].values() },
    send: ({ seq }, end) => attempts.push({ seq, end }),
    writeDown: (ends) => new Promise((resolve, reject) => writes.push({ ends, resolve, reject })),
    giveUpAfterMs: 60_000,
    onTrouble: (trouble) => troubles.push(trouble),
  });
  return { dispatcher, attempts, writes, troubles };
}

test("a customer's next webhook goes out once the end of the one before is written, and others do not wait", async () => {
  const { dispatcher, attempts, writes } = aDispatcher();
  dispatcher.deliver([aWebhook(1, "a"), aWebhook(2, "a"), aWebhook(3, "b")]);
  await until(() => attempts.length === 2);
  expect(attempts.map(({ seq }) => seq)).toEqual([1, 3]);
  for (const { end } of attempts) end(DELIVERED);
  await until(() => writes.length === 1);
  const end = { attempts: 1, status: "delivered" };
  expect(writes[0]?.ends).toEqual([
    { seq: 1, ...end },
    { seq: 3, ...end },
  ]);
  await sleep(20);
  expect(attempts).toHaveLength(2);
  writes[0]?.resolve();
  await until(() => attempts.length === 3);
  expect(attempts[2]?.seq).toBe(2);
});

test("an end that cannot be written is reported once and written later, and the webhook is not sent again", async () => {
  const { dispatcher, attempts, writes, troubles } = aDispatcher();
  dispatcher.deliver([aWebhook(1, "a"), aWebhook(2, "a")]);
  await until(() => attempts.length === 1);
  const startedAt = Date.now();
  attempts[0]?.end(DELIVERED);
  for (const count of [1, 2]) {
    await until(() => writes.length === count, 3_000);
    writes.at(-1)?.reject(new Error("disk full"));
  }
  await until(() => writes.length === 3, 3_000);
  // Not at once: somebody has to make room on the disk first.
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_900);
  expect(troubles).toMatchObject([{ kind: "store", error: { message: "disk full" } }]);
  expect(writes[2]?.ends).toEqual(writes[0]?.ends);
  expect(attempts).toHaveLength(1);
  writes[2]?.resolve();
  await until(() => attempts.length === 2);
  expect(attempts[1]?.seq).toBe(2);
});

test("closing starts no attempt, and waits until those under way are written", async () => {
  const { dispatcher, attempts, writes } = aDispatcher();
  dispatcher.deliver([aWebhook(1, "a"), aWebhook(2, "b"), aWebhook(3, "a")]);
  await until(() => attempts.length === 2);
  dispatcher.deliver([aWebhook(4, "c")]);
  let isClosed = false;
  const closed = dispatcher.close().then(() => {
    isClosed = true;
  });
  attempts[0]?.end(DELIVERED);
  attempts[1]?.end({ isDelivered: false, why: "cut" });
  await until(() => writes.length === 1);
  expect(isClosed).toBe(false);
  expect(writes[0]?.ends.map(({ seq }) => seq)).toEqual([1]);
  writes[0]?.resolve();
  await closed;
  expect(attempts).toHaveLength(2);
});
