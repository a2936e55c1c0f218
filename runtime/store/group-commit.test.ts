import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { GroupCommit } from "./group-commit.ts";

function aTable(flush = async () => {}, onRollback = () => {}) {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE t (id INTEGER PRIMARY KEY)");
  const insert = database.prepare("INSERT INTO t VALUES (?)");
  return {
    ids: () =>
      database
        .prepare("SELECT id FROM t ORDER BY id")
        .all()
        .map(({ id }) => id),
    group: new GroupCommit(database, { flush, onRollback }),
    insert: (id: number) => insert.run(id).changes,
  };
}

test("work that arrives together is one transaction, and each caller gets its own result", async () => {
  const { group, insert, ids } = aTable();
  const inserted: number[] = [];
  const work = [1, 2, 3].map((id) => () => {
    insert(id);
    inserted.push(id);
    return id;
  });
  const settled: number[] = [];
  const results = work.map((one) =>
    group.run(one).then((id) => settled.push(id) && inserted.length),
  );
  expect(await Promise.all(results)).toEqual([3, 3, 3]);
  expect(settled).toEqual([1, 2, 3]);
  expect(ids()).toEqual([1, 2, 3]);
});

test("work that fails rejects for its own caller only", async () => {
  const { group, insert, ids } = aTable();
  const fail = () => {
    insert(9);
    throw new Error("a bad one");
  };
  const results = await Promise.allSettled([
    group.run(() => insert(1)),
    group.run(fail),
    group.run(() => insert(2)),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(ids()).toEqual([1, 2]);
  await expect(group.run(fail)).rejects.toThrow("a bad one");
  expect(ids()).toEqual([1, 2]);
});

test("onRollback is called before work is tried again", async () => {
  const calls: string[] = [];
  const { group, insert } = aTable(undefined, () => calls.push("undone"));
  const good = group.run(() => calls.push("good") && insert(1));
  const bad = group.run(() => {
    throw new Error("a bad one");
  });
  await Promise.allSettled([good, bad]);
  expect(calls).toEqual(["good", "undone", "good", "undone"]);
});

test("a caller waits for the flush; work that comes meanwhile shares the next one, and unflushed work waits for none", async () => {
  const flushes: (() => void)[] = [];
  const flush = () => new Promise<void>((resolve) => flushes.push(resolve));
  const { group, insert, ids } = aTable(flush);
  const heard: string[] = [];
  const run = (id: number) => group.run(() => insert(id)).then(() => heard.push(`run ${id}`));
  const first = run(1);
  const unflushed = group.runUnflushed(() => insert(2)).then(() => heard.push("unflushed 2"));
  await unflushed;
  expect([heard, ids(), flushes.length]).toEqual([["unflushed 2"], [1, 2], 1]);
  const others = [run(3), run(4)];
  await sleep(20);
  expect([heard, ids(), flushes.length]).toEqual([["unflushed 2"], [1, 2], 1]);
  flushes[0]?.();
  await first;
  await expect.poll(() => flushes.length).toBe(2);
  expect(heard).toEqual(["unflushed 2", "run 1"]);
  flushes[1]?.();
  await Promise.all(others);
  expect(heard).toEqual(["unflushed 2", "run 1", "run 3", "run 4"]);
});

test("after a failed flush all durable work rejects; unflushed work is still written", async () => {
  let isBroken = true;
  const { group, insert, ids } = aTable(async () => {
    if (isBroken) throw new Error("the disk is gone");
  });
  await expect(group.run(() => insert(1))).rejects.toThrow("the disk is gone");
  isBroken = false;
  await expect(group.run(() => insert(2))).rejects.toThrow("the disk is gone");
  await group.runUnflushed(() => insert(3));
  expect(ids()).toEqual([1, 3]);
});

test("closing commits waiting work", async () => {
  const { group, insert, ids } = aTable();
  const unflushed = group.runUnflushed(() => insert(1));
  group.close();
  await unflushed;
  expect(ids()).toEqual([1]);
});
