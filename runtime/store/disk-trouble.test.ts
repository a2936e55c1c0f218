import { closeSync, fdatasync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { describeDiskTrouble } from "./disk-trouble.ts";

test("SQLite's error for a full disk is described as disk trouble", () => {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE t (x); PRAGMA max_page_count = 2");
  const thrown = catchFrom(() => database.exec("INSERT INTO t VALUES (zeroblob(100000))"));
  expect(describeDiskTrouble(thrown)).toContain("make room");
  database.exec("PRAGMA max_page_count = 1000; INSERT INTO t VALUES (zeroblob(100000))");
});

test("a flush that failed asks for a restart", async () => {
  const descriptor = openSync(import.meta.filename, "r");
  closeSync(descriptor);
  const thrown = await promisify(fdatasync)(descriptor).catch((error: unknown) => error);
  expect(describeDiskTrouble(thrown)).toContain("restart");
});

test("SQLite's other errors are not disk trouble", () => {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
  expect(
    describeDiskTrouble(catchFrom(() => database.exec("INSERT INTO t VALUES (1)"))),
  ).toBeNull();
  expect(describeDiskTrouble(new Error("anything"))).toBeNull();
  expect(describeDiskTrouble("anything")).toBeNull();
});

function catchFrom(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}
