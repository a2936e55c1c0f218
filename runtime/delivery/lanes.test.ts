import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { PendingWebhook } from "../store/webhook-queue.ts";
import { Lanes } from "./lanes.ts";

/** More than are kept at hand. */
const MANY = 10_000;

function aWebhook(seq: number, lane: string): PendingWebhook {
  return { seq, lane, eventId: `event ${seq}`, decidedAt: 0, attempts: 0, payload: "{}" };
}

function someLanes(onReady = () => {}) {
  const onDisk = new Map<number, PendingWebhook>();
  let reads = 0;
  const find = (seq: number) => {
    reads += 1;
    return onDisk.get(seq) ?? null;
  };
  const lanes = new Lanes(find, onReady);
  const add = (seq: number, lane: string) => {
    onDisk.set(seq, aWebhook(seq, lane));
    lanes.add(aWebhook(seq, lane));
  };
  return { lanes, onDisk, add, reads: () => reads };
}

test("a lane gives one at a time, in order; others do not wait for it", () => {
  const { lanes, add } = someLanes();
  add(1, "a");
  add(2, "a");
  add(3, "b");
  const first = lanes.take();
  expect([first?.seq, lanes.take()?.seq, lanes.take()]).toEqual([1, 3, null]);
  lanes.settle(aWebhook(1, "a"));
  expect(lanes.take()?.seq).toBe(2);
});

test("a postponed webhook holds its lane until its time has come, and is read anew", async () => {
  let isTold = false;
  const { lanes, add, onDisk } = someLanes(() => {
    isTold = true;
  });
  add(1, "a");
  add(2, "a");
  const webhook = lanes.take();
  if (!webhook) throw new Error("Nothing was ready.");
  onDisk.set(1, { ...webhook, attempts: 1 });
  lanes.postpone(webhook, 20);
  expect([lanes.take(), isTold]).toEqual([null, false]);
  await expect.poll(() => isTold).toBe(true);
  expect(lanes.take()).toMatchObject({ seq: 1, attempts: 1 });
});

test("what an earlier process left keeps its order and its wait", async () => {
  const { lanes, add, onDisk } = someLanes();
  for (const seq of [1, 2, 3]) onDisk.set(seq, aWebhook(seq, seq === 3 ? "b" : "a"));
  lanes.addLeft({ seq: 1, lane: "a", dueAt: 1_030 }, 1_000);
  lanes.addLeft({ seq: 2, lane: "a", dueAt: 900 }, 1_000);
  lanes.addLeft({ seq: 3, lane: "b", dueAt: 900 }, 1_000);
  add(4, "b");
  expect([lanes.take()?.seq, lanes.take()]).toEqual([3, null]);
  await sleep(60);
  expect([lanes.take()?.seq, lanes.take()]).toEqual([1, null]);
});

test("a long queue loses nothing: bodies that are not at hand are read from disk, in order", () => {
  const { lanes, add, reads } = someLanes();
  for (let seq = 1; seq <= MANY; seq += 1) add(seq, `lane ${seq % 7}`);
  const taken: number[] = [];
  for (let one = lanes.take(); one; one = lanes.take()) {
    taken.push(one.seq);
    lanes.settle(one);
  }
  expect(taken).toEqual(Array.from({ length: MANY }, (_, place) => place + 1));
  expect(reads()).toBeGreaterThan(0);
  expect(reads()).toBeLessThan(MANY);
});

test("a disk that cannot be read loses nobody's turn", () => {
  let isBroken = true;
  const lanes = new Lanes(
    (seq) => {
      if (isBroken) throw new Error("disk");
      return aWebhook(seq, "a");
    },
    () => {},
  );
  lanes.addLeft({ seq: 1, lane: "a", dueAt: 0 }, 1);
  expect(() => lanes.take()).toThrow("disk");
  isBroken = false;
  expect(lanes.take()?.seq).toBe(1);
});
