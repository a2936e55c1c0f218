import fs from "node:fs";
import path from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { aChange } from "../testing/a-change.ts";
import { aDataDir } from "../testing/a-runtime.ts";
import { aWamid } from "../testing/payloads.ts";
import type { Outcome } from "./outcome.ts";
import { Store } from "./store.ts";

type Done = (error: Error | null) => void;

/** The flushes under way. They are really done, but resolve only when the test lets them. */
const flushes: { descriptor: number; end: (error?: Error) => void }[] = [];
let isHolding = true;

vi.mock("node:fs", async (load) => {
  const real = await load<typeof fs>();
  const fdatasync = (descriptor: number, done: Done) =>
    real.fdatasync(descriptor, (failure) => {
      const end = (error?: Error) => done(error ?? failure);
      if (isHolding) flushes.push({ descriptor, end });
      else end();
    });
  return { ...real, fdatasync };
});

beforeEach(() => {
  flushes.length = 0;
  isHolding = true;
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
  const drop = { kind: "drop", case: "phone_less", cursor: null, isCounted: true } as const;
  return { ...drop, ...about, dedupeKey: messageId };
}

test("a write resolves only once SQLite's log is flushed to disk", async () => {
  const { store, log, settled, write } = aStore();
  const written = write(aDrop());
  await vi.waitUntil(() => flushes.length === 1);
  expect(fs.fstatSync(flushes[0]?.descriptor ?? -1).ino).toBe(log);
  expect(store.listDeliveries({ limit: 9 })).toHaveLength(1);
  expect(settled).toEqual([]);
  flushes[0]?.end();
  await written;
  expect(settled).toEqual(["kept"]);
  store.close();
});

test("a write that could not be flushed rejects", async () => {
  const { store, settled, write } = aStore();
  const written = write(aDrop());
  await vi.waitUntil(() => flushes.length === 1);
  flushes[0]?.end(new Error("the disk is gone"));
  await written;
  expect(settled).toEqual(["the disk is gone"]);
  store.close();
});

test("facts learned beside work that fails are on disk, too", async () => {
  isHolding = false;
  const dataDir = aDataDir();
  const store = new Store(dataDir, () => undefined);
  const number = { phoneNumberId: "300000000000001", displayPhoneNumber: null, wabaId: "1" };
  const [previous, current] = ["US.40000000000000000001", "US.40000000000000000002"];
  const learning = store.write(() => {
    store.numbers.learn(number);
    store.identities.apply(aChange(number, { previous, current }));
  });
  const failing = store.write(() => {
    throw new Error("a bad one");
  });
  await expect(failing).rejects.toThrow("a bad one");
  await learning;
  store.close();
  const next = new Store(dataDir, () => undefined);
  expect(next.numbers.find(number.phoneNumberId)).toMatchObject({ wabaId: "1" });
  expect(next.identities.newestBsuid(previous, number)).toBe(current);
  next.close();
});
