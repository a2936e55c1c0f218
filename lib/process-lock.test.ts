import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tryLock, withLock } from "./process-lock.mjs";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lock-"));
  file = path.join(folder, "a.lock");
});

afterEach(() => rm(folder, { recursive: true }));

async function lockInChild() {
  const module = path.join(import.meta.dirname, "process-lock.mjs");
  const script = `import { tryLock } from ${JSON.stringify(module)};
    console.log(tryLock(${JSON.stringify(file)}).holder); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script]);
  await once(child.stdout, "data");
  return child;
}

test("one process at a time holds a lock, and can give it back", async () => {
  const first = tryLock(file);
  expect(tryLock(file)).toEqual({ release: null, holder: process.pid });
  first.release?.();
  expect(tryLock(file).release).not.toBeNull();
  expect(await readdir(folder)).toEqual(["a.lock"]);
});

test("a killed holder does not block the next one", async () => {
  const child = await lockInChild();
  expect(tryLock(file).holder).toBe(child.pid);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(tryLock(file).release).not.toBeNull();
});

test("a process that merely has the holder's id does not hold the lock", async () => {
  await writeFile(file, `${process.pid} 12345 some-other-run`);
  expect(tryLock(file).release).not.toBeNull();
});

test("work under the same lock runs one after the other", async () => {
  const order: string[] = [];
  const work = (name: string) =>
    withLock(
      file,
      () => order.push(`${name} waits`),
      async () => {
        order.push(`${name} starts`);
        await new Promise((resolve) => setTimeout(resolve, 50));
        order.push(`${name} ends`);
      },
    );
  await Promise.all([work("a"), work("b")]);
  expect(order).toEqual(["a starts", "b waits", "a ends", "b starts", "b ends"]);
});
