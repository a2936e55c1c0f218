import fs from "node:fs";
import path from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { aDataDir } from "../testing/a-runtime.ts";
import { aWamid } from "../testing/payloads.ts";
import type { Outcome } from "./outcome.ts";
import { Store } from "./store.ts";

type Done = (error: Error | null) => void;

/** The flushes that Node was asked for: they are done for real, and their end is told when the test lets it. */
const flushes: { descriptor: number; end: (error?: Error) => void }[] = [];

vi.mock("node:fs", async (load) => {
  const real = await load<typeof fs>();
  const fdatasync = (descriptor: number, done: Done) =>
    real.fdatasync(descriptor, (failure) => {
      flushes.push({ descriptor, end: (error) => done(error ?? failure) });
    });
  return { ...real, fdatasync };
});

beforeEach(() => {
  flushes.length = 0;
});

function aStore() {
  const dataDir = aDataDir();
  const store = new Store(dataDir, () => undefined);
  const log = fs.statSync(path.join(dataDir, "runtime.sqlite-wal")).ino;
  const settled: string[] = [];
  const write = (outcome: Outcome) =>
    store
      .write(() => store.events.record(outcome))
      .then(
        () => settled.push("kept"),
        (error: Error) => settled.push(error.message),
      );
  return { store, log, settled, write };
}

function aDrop(): Outcome {
  const messageId = aWamid();
  const about = { at: Date.now(), phoneNumberId: "300000000000001", messageId };
  return { kind: "drop", dedupeKey: messageId, ...about, case: "phone_less", cursor: null };
}

test("what was written is promised once SQLite's log is flushed to disk, and not before", async () => {
  const { store, log, settled, write } = aStore();
  const written = write(aDrop());
  await vi.waitUntil(() => flushes.length === 1);
  expect(fs.fstatSync(flushes[0]?.descriptor ?? -1).ino).toBe(log);
  expect(store.listDeliveries(9)).toHaveLength(1);
  expect(settled).toEqual([]);
  flushes[0]?.end();
  await written;
  expect(settled).toEqual(["kept"]);
  store.close();
});

test("what could not be flushed is promised to nobody", async () => {
  const { store, settled, write } = aStore();
  const written = write(aDrop());
  await vi.waitUntil(() => flushes.length === 1);
  flushes[0]?.end(new Error("the disk is gone"));
  await written;
  expect(settled).toEqual(["the disk is gone"]);
  store.close();
});
