import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { aClient, aServer, codesOf } from "../../testing/a-client.ts";
import { waitUntil } from "../../testing/wait-until.ts";
import { readStateFile } from "./read-state-file.ts";

const ONE = "106540352242922";
const NOBODY = "http://127.0.0.1:9";

async function aStateFile(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "bsuid-sdk-state-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return path.join(folder, "flags.state");
}

async function aWrittenFile() {
  const server = await aServer();
  const stateFile = await aStateFile();
  const { client } = aClient(server.url, { stateFile });
  await client.ready({ timeoutMs: 5_000 });
  server.flip(ONE, true);
  await waitUntil(() => client.acceptsBsuid(ONE));
  await client.close();
  return { server, stateFile };
}

test("a client that starts while the console is down has the last known flags at once, marked as stale", async () => {
  const { server, stateFile } = await aWrittenFile();
  const { cursor } = server.flags;
  await server.stop();
  const { client, events } = aClient(server.url, { stateFile });
  expect(client.acceptsBsuid(ONE)).toBe(true);
  await client.ready({ timeoutMs: 100 });
  expect(events.slice(0, 2)).toMatchObject([
    { name: "ready", event: { source: "disk", cursor, revision: 1 } },
    { name: "stale", event: { reason: "disk" } },
  ]);
  await server.start();
  await waitUntil(() => client.status().stale === null);
  expect(events.some(({ name }) => name === "change")).toBe(false);
  server.flip(ONE, false);
  await waitUntil(() => !client.acceptsBsuid(ONE));
});

test("only its owner can read the file, and nothing is left beside it", async () => {
  const { stateFile } = await aWrittenFile();
  expect((await stat(stateFile)).mode & 0o777).toBe(0o600);
  expect(await readdir(path.dirname(stateFile))).toEqual(["flags.state"]);
});

test.each<[string, (text: string) => string]>([
  ["empty", () => ""],
  ["cut short", (text) => text.slice(0, -5)],
  ["changed in one digit", (text) => text.replace(ONE, "106540352242929")],
  ["of another format", (text) => text.replace("bsuid-flags/1", "bsuid-flags/2")],
  ["followed by something", (text) => `${text}x`],
  ["no text", () => "\0\u{1}\uFFFF"],
])(
  "a file that is %s is reported and not used, and the console's flags replace it",
  async (_, damage) => {
    const { server, stateFile } = await aWrittenFile();
    await writeFile(stateFile, damage(await readFile(stateFile, "utf8")));
    const { client, events } = aClient(server.url, { stateFile });
    expect(client.acceptsBsuid(ONE)).toBe(false);
    await client.ready({ timeoutMs: 5_000 });
    expect(client.acceptsBsuid(ONE)).toBe(true);
    expect(codesOf(events)).toEqual(["STATE_FILE"]);
    await client.close();
    expect(readStateFile(stateFile, server.url)?.accepts).toEqual([ONE]);
  },
);

test("another console's file is not used", async () => {
  const { stateFile } = await aWrittenFile();
  const { client, events } = aClient(NOBODY, { stateFile });
  expect(client.acceptsBsuid(ONE)).toBe(false);
  await waitUntil(() => codesOf(events).includes("STATE_FILE"));
});

test("a file that cannot be written is reported, and the flags go on", async () => {
  const server = await aServer();
  const stateFile = path.join(path.dirname(await aStateFile()), "missing", "flags.state");
  const { client, events } = aClient(server.url, { stateFile });
  await client.ready({ timeoutMs: 5_000 });
  await waitUntil(() => codesOf(events).includes("STATE_FILE"));
  server.flip(ONE, true);
  await waitUntil(() => client.acceptsBsuid(ONE));
});

test("whenever a process is killed while writing, the file is complete and never older than before", async () => {
  const stateFile = await aStateFile();
  const program = path.resolve(import.meta.dirname, "../../testing/write-state-endlessly.ts");
  let last = 0;
  for (let round = 0; round < 6; round += 1) {
    const args = [program, stateFile, NOBODY, String(last + 1)];
    const child = spawn(process.execPath, args, { stdio: "pipe" });
    await once(child.stdout, "data");
    await sleep(20 + Math.random() * 60);
    const before = readStateFile(stateFile, NOBODY)?.revision ?? 0;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
    const record = readStateFile(stateFile, NOBODY);
    if (record) expect(record.accepts.length).toBe(20_000);
    expect(record?.revision ?? 0).toBeGreaterThanOrEqual(before);
    last = Math.max(last, record?.revision ?? 0);
  }
  expect(last).toBeGreaterThan(0);
});

test("half-written files of killed processes are removed, but not one that is being written", async () => {
  const { server, stateFile } = await aWrittenFile();
  const [old, young] = [`${stateFile}.999999.tmp`, `${stateFile}.999998.tmp`];
  for (const file of [old, young]) await writeFile(file, "half");
  await utimes(old, new Date(0), new Date(0));
  aClient(server.url, { stateFile });
  expect((await readdir(path.dirname(stateFile))).sort()).toEqual([
    "flags.state",
    path.basename(young),
  ]);
});
