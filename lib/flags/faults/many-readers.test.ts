import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aPerson } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { type ConsoleProcess, startConsole } from "#testing/http/console-process.ts";
import { openStream } from "#testing/http/read-stream.ts";
import { db } from "../../db/client.ts";
import { setFlag } from "../set-flag.ts";
import { setFlags } from "../set-flags.ts";

const database = useTestDatabase();
/** As many sockets as a usual limit of open files allows each process, with room for the rest. */
const WAITERS = Number(process.env.FAULT_WAITERS ?? 3_000);
/** More, in all, than the kernel's buffers take for a reader: 180 kB each time, as a delta or a snapshot. */
const [ACCEPTING, NUMBERS, ROUNDS, READERS] = [10_000, 2_500, 26, 30];
const REASON = "Many want to know";

let consoleProcess: ConsoleProcess;
let token: string;

beforeAll(async () => {
  token = await anApiToken("flags:read");
  consoleProcess = await startConsole({ databaseUrl: database.appUrl() });
});
afterAll(() => consoleProcess.kill());

async function flip(): Promise<string> {
  const change = { phoneNumberId: await aNumber(), acceptsBsuid: true, reason: REASON };
  return (await setFlag(await aPerson("support"), change)).cursor;
}

const poll = (headers: Record<string, string> = {}) =>
  fetch(`${consoleProcess.url}/api/v1/flags`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  });

async function settleAt(cursor: string): Promise<void> {
  await expect.poll(async () => (await poll()).headers.get("etag")).toBe(`"${cursor}"`);
}

/** A request by hand on a socket of its own, which costs the test less than fetch does. */
function askByHand(path: string, headers: string[]) {
  const socket = connect(Number(new URL(consoleProcess.url).port), "127.0.0.1");
  const lines = [`GET ${path} HTTP/1.1`, "Host: x", `Authorization: Bearer ${token}`, ...headers];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  return socket;
}

const readListeners = () => consoleProcess.readListeners();

test("thousands of waiters are answered by one flip, and leave no memory behind", async () => {
  const cursor = await flip();
  await settleAt(cursor);
  const before = await consoleProcess.readVitals();
  const answers: Promise<string>[] = [];
  for (let i = 0; i < WAITERS; i += 1) {
    const headers = ["Prefer: wait=60", `If-None-Match: "${cursor}"`, "Connection: close"];
    const socket = askByHand("/api/v1/flags", headers);
    answers.push(
      socket
        .setEncoding("utf8")
        .toArray()
        .then((chunks) => chunks.join("")),
    );
    if (i % 500 === 499) await expect.poll(readListeners, { timeout: 30_000 }).toBe(i + 1);
  }
  const flippedAt = performance.now();
  const now = await flip();
  for (const answer of await Promise.all(answers)) {
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain(`"cursor":"${now}"`);
  }
  expect(performance.now() - flippedAt).toBeLessThan(40_000);
  expect(await readListeners()).toBe(0);
  await expect
    .poll(async () => (await consoleProcess.readVitals()).heapUsed - before.heapUsed)
    .toBeLessThan(20_000_000);
  // Thousands of connections are opened, 500 at a time.
}, 120_000);

test("streams are let go the moment their readers leave, also after a garbage collection", async () => {
  const headers = { authorization: `Bearer ${token}` };
  const url = `${consoleProcess.url}/api/v1/flags/stream`;
  const streams = await Promise.all(Array.from({ length: 20 }, () => openStream(url, headers)));
  await Promise.all(streams.map((stream) => stream.next()));
  expect(await readListeners()).toBe(20);
  for (const stream of streams) stream.leave();
  await expect.poll(readListeners, { timeout: 3_000 }).toBe(0);
});

async function insertNumbers(count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    phoneNumberId: `4${String(index).padStart(14, "0")}`,
    displayPhoneNumber: "+15550001111",
    label: "One of many",
    portfolioId: "900000000000001",
    wabaId: "200000000000001",
  }));
  const accountId = await anAccount();
  await db().number.createMany({ data: rows.map((row) => ({ ...row, accountId })) });
  return rows.map(({ phoneNumberId }) => phoneNumberId);
}

test("readers of the stream that do not read cost no memory, however much is flipped", async () => {
  const all = await insertNumbers(ACCEPTING + NUMBERS);
  const [ids, accepting] = [all.slice(0, NUMBERS), all.slice(NUMBERS)];
  const support = await aPerson("support");
  const on = accepting.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid: true }));
  await setFlags(support, { changes: on, reason: REASON });
  const sockets = Array.from({ length: READERS }, () =>
    askByHand("/api/v1/flags/stream", ["Accept: text/event-stream"]).pause(),
  );
  await expect.poll(readListeners).toBe(READERS);
  const before = await consoleProcess.readVitals();
  let cursor = "";
  for (let round = 0; round < ROUNDS; round += 1) {
    const changes = ids.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid: round % 2 === 0 }));
    cursor = (await setFlags(support, { changes, reason: REASON })).cursor;
    await settleAt(cursor);
  }
  const after = await consoleProcess.readVitals();
  // All that was not read would be 150 MB; 60 MB are for the work itself, readers or not.
  expect(after.rss - before.rss).toBeLessThan(130_000_000);
  // Buffers are given back behind a collection's back, a moment after it.
  await expect
    .poll(async () => (await consoleProcess.readVitals()).external - before.external)
    .toBeLessThan(25_000_000);
  expect(consoleProcess.log()).not.toContain("Warning");
  // Who begins to read again gets what was missed as fewer events, to the same end.
  const [late] = sockets;
  let text = "";
  late?.on("data", (chunk) => {
    text += chunk;
  });
  late?.resume();
  const readLastId = () => text.slice(text.lastIndexOf("\nid: ") + 5).split("\n", 1)[0];
  await expect.poll(readLastId).toBe(cursor);
  expect(text.match(/^event: (?:delta|snapshot)$/gm)?.length).toBeLessThan(ROUNDS);
  for (const socket of sockets) socket.destroy();
  await expect.poll(readListeners, { timeout: 20_000 }).toBe(0);
  expect(consoleProcess.ending()).toBeNull();
  // Two thousand numbers are flipped 26 times.
}, 120_000);
