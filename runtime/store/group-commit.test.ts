import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { GroupCommit } from "./group-commit.ts";

function aTable() {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE t (id INTEGER PRIMARY KEY)");
  const insert = database.prepare("INSERT INTO t VALUES (?)");
  return {
    ids: () =>
      database
        .prepare("SELECT id FROM t ORDER BY id")
        .all()
        .map(({ id }) => id),
    group: new GroupCommit(database),
    insert: (id: number) => insert.run(id).changes,
  };
}

test("what arrives together is one transaction, and each caller gets its own result", async () => {
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

test("work that fails is told to its caller, and costs the others nothing", async () => {
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
