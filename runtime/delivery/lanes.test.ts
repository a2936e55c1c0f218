import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { PendingWebhook } from "../store/webhook-queue.ts";
import { Lanes } from "./lanes.ts";

/** More than are kept in memory. */
const MANY = 10_000;

function aWebhook(seq: number, lanes: string): PendingWebhook {
  return { seq, lanes, eventId: `event ${seq}`, decidedAt: 0, attempts: 0, payload: "{}" };
}

function someLanes(onReady = () => {}) {
  const onDisk = new Map<number, PendingWebhook>();
  let reads = 0;
  const find = (seq: number) => {
    reads += 1;
    return onDisk.get(seq) ?? null;
  };
  const lanes = new Lanes(find, onReady);
  const add = (seq: number, names: string) => {
    onDisk.set(seq, aWebhook(seq, names));
    lanes.add(aWebhook(seq, names));
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

test("a postponed webhook blocks its lane until its time has come, and is read from disk again", async () => {
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
  lanes.addLeft({ seq: 1, lanes: "a", dueAt: 1_030 }, 1_000);
  lanes.addLeft({ seq: 2, lanes: "a", dueAt: 900 }, 1_000);
  lanes.addLeft({ seq: 3, lanes: "b", dueAt: 900 }, 1_000);
  add(4, "b");
  expect([lanes.take()?.seq, lanes.take()]).toEqual([3, null]);
  await sleep(60);
  expect([lanes.take()?.seq, lanes.take()]).toEqual([1, null]);
});

test("a long queue loses nothing: bodies that are not in memory are read from disk, in order", () => {
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

test("a disk that cannot be read costs no webhook its turn", () => {
  let isBroken = true;
  const lanes = new Lanes(
    (seq) => {
      if (isBroken) throw new Error("disk");
      return aWebhook(seq, "a");
    },
    () => {},
  );
  lanes.addLeft({ seq: 1, lanes: "a", dueAt: 0 }, 1);
  expect(() => lanes.take()).toThrow("disk");
  isBroken = false;
  expect(lanes.take()?.seq).toBe(1);
});

test("a webhook with several ids waits for those with any of them, and they wait for it", () => {
  const { lanes, add } = someLanes();
  add(1, "phone\nbsuid");
  add(2, "phone");
  add(3, "stranger");
  add(4, "bsuid\nolder");
  add(5, "older");
  const take = () => lanes.take()?.seq ?? null;
  expect([take(), take(), take()]).toEqual([1, 3, null]);
  lanes.settle({ seq: 1 });
  expect([take(), take(), take()]).toEqual([2, 4, null]);
  lanes.settle({ seq: 2 });
  expect(take()).toBeNull();
  lanes.settle({ seq: 4 });
  expect(take()).toBe(5);
});

test("whatever ids webhooks share, and however their attempts end, those with one in common keep their order", () => {
  const some = fc.array(fc.nat(5), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 40 }), fc.infiniteStream(fc.boolean()), (ids, ends) => {
      const { lanes, add } = someLanes();
      for (const [at, names] of ids.entries()) add(at + 1, names.join("\n"));
      const under: number[] = [];
      const settled: number[] = [];
      for (let step = 0; settled.length < ids.length && step < 1_000; step += 1) {
        for (let next = lanes.take(); next; next = lanes.take()) under.push(next.seq);
        const seq = ends.next().value ? under.shift() : under.pop();
        if (seq === undefined) break;
        if (ends.next().value) {
          lanes.postpone({ seq }, 0);
          continue;
        }
        settled.push(seq);
        lanes.settle({ seq });
      }
      expect(settled).toHaveLength(ids.length);
      for (const [at, seq] of settled.entries()) {
        const shared = (other: number) => ids[other - 1]?.some((id) => ids[seq - 1]?.includes(id));
        expect(settled.slice(at + 1).some((later) => later < seq && shared(later))).toBe(false);
      }
    }),
  );
});
