import { expect, test } from "vitest";
import { aClient, aServer, codesOf } from "../../testing/a-client.ts";
import type { ContractServer } from "../../testing/contract-server.ts";
import { waitUntil } from "../../testing/wait-until.ts";
import { type CountRow, CountTable, total } from "./count-table.ts";
import type { Report } from "./report.ts";

const ONE = "106540352242922";
const OTHER = "106540352242923";
const REPORTS = "/api/v1/reports";
const QUICK = { reportIntervalMs: 50 };

function sumOf(server: ContractServer, column: string): number {
  const rows = [...server.counted.values()].flatMap(({ counts }) => counts);
  return rows.reduce((sum, row) => sum + Number(row[column]), 0);
}

test("counts are sent once, by number and hour, with the API's cases", async () => {
  const server = await aServer();
  server.flags.begin([ONE]);
  const { client } = aClient(server.url, QUICK);
  await client.ready({ timeoutMs: 5_000 });
  client.count(ONE, "phone_less");
  client.count(OTHER, "phone_less");
  client.count(ONE, "phone_less", { accepted: false });
  client.count(ONE, "phone_and_bsuid");
  client.count(ONE, "legacy");
  client.count(ONE, "unidentified");
  client.count(ONE, "unreadable");
  await client.close();
  const counts = [...server.counted.values()].flatMap((report) => report.counts);
  const hour = `${new Date().toISOString().slice(0, 13)}:00:00Z`;
  const zeros = { phoneLessDropped: 0, phoneLessAccepted: 0, phoneAndBsuid: 0, legacy: 0 };
  expect(counts).toEqual([
    {
      phoneNumberId: ONE,
      hour,
      phoneLessDropped: 1,
      phoneLessAccepted: 1,
      phoneAndBsuid: 1,
      legacy: 1,
      unidentified: 2,
    },
    { phoneNumberId: OTHER, hour, ...zeros, phoneLessDropped: 1, unidentified: 0 },
  ]);
});

test("the applied cursor is reported soon after it moves, and again as a sign of life", async () => {
  const server = await aServer();
  const { client } = aClient(server.url, { reportIntervalMs: 200 });
  await client.ready({ timeoutMs: 5_000 });
  await waitUntil(() => server.reports.length === 1);
  const cursor = server.flip(ONE, true);
  await waitUntil(() => server.reports.at(-1)?.appliedCursor === cursor);
  const [first, second] = server.reports;
  expect(first).toMatchObject({ instanceId: "rt-1", sdk: "@bsuid/sdk/1.0.0", counts: [] });
  expect(second?.sequence).toBeGreaterThan(first?.sequence ?? 0);
  expect(Date.now() - Date.parse(second?.appliedAt ?? "")).toBeLessThan(1_000);
  await waitUntil(() => server.reports.length >= 4);
});

test("a report whose answer is lost is repeated unchanged, and counted once", async () => {
  const server = await aServer();
  let isLosing = true;
  server.fault = (_, response, path) => {
    // Counted, but the answer is lost.
    if (path === REPORTS && isLosing) response.writeHead = () => response.destroy();
    return false;
  };
  const { client, events } = aClient(server.url, QUICK);
  await client.ready({ timeoutMs: 5_000 });
  client.count(ONE, "legacy");
  await waitUntil(() => server.reports.length >= 3);
  client.count(ONE, "legacy");
  isLosing = false;
  await waitUntil(() => sumOf(server, "legacy") === 2);
  const [first, second] = server.reports;
  expect(second).toEqual(first);
  expect(server.counted.size).toBeLessThan(server.reports.length);
  expect(codesOf(events)).toContain("CONNECTION");
});

test("counts from while the console is away arrive in sum when it is back", async () => {
  const server = await aServer();
  const { client } = aClient(server.url, QUICK);
  await client.ready({ timeoutMs: 5_000 });
  await server.stop();
  for (let times = 0; times < 5_000; times += 1) client.count(times % 2 ? ONE : OTHER, "legacy");
  await new Promise((resolve) => setTimeout(resolve, 300));
  await server.start();
  await waitUntil(() => sumOf(server, "legacy") === 5_000);
  expect(client.status().lastError?.code).toBe("CONNECTION");
});

test("a process that starts again under its name does not repeat a sequence", async () => {
  const server = await aServer();
  for (const _ of [1, 2]) {
    const { client } = aClient(server.url, QUICK);
    await client.ready({ timeoutMs: 5_000 });
    client.count(ONE, "legacy");
    await client.close();
  }
  expect(sumOf(server, "legacy")).toBe(2);
});

test("a kill with more rows than fit into a report loses none, and repeats none", async () => {
  const server = await aServer();
  let isAway = true;
  server.fault = (_, response, path) => {
    if (isAway && path === REPORTS) response.writeHead(503, { "retry-after": "1" }).end();
    return isAway && path === REPORTS;
  };
  let kept: { report: Report; waiting: readonly CountRow[] } | null = null;
  const aJournal = () => ({
    left: kept?.report ?? null,
    waiting: kept?.waiting ?? [],
    keep: async (report: Report, waiting: readonly CountRow[]) => {
      kept = structuredClone({ report, waiting });
    },
    settle: () => undefined,
  });
  const { client } = aClient(server.url, { ...QUICK, reportJournal: aJournal() });
  await client.ready({ timeoutMs: 5_000 });
  for (let number = 1; number <= 2_500; number += 1) client.count(String(number), "legacy");
  await waitUntil(() => (kept?.report.counts.length ?? 0) > 0);
  const killed = aJournal();
  await client.close();
  isAway = false;
  const next = aClient(server.url, { ...QUICK, reportJournal: killed });
  await waitUntil(() => sumOf(server, "legacy") >= 2_500);
  await next.client.close();
  expect(sumOf(server, "legacy")).toBe(2_500);
});

test("a report that cannot be stored is an error, and is sent only once it is stored", async () => {
  const server = await aServer();
  let isFull = true;
  const reportJournal = {
    left: null,
    waiting: [],
    keep: async () => {
      if (isFull) throw new Error("database or disk is full");
    },
    settle: () => undefined,
  };
  const { client, events } = aClient(server.url, { ...QUICK, reportJournal });
  await client.ready({ timeoutMs: 5_000 });
  client.count(ONE, "legacy");
  await waitUntil(() => events.some(({ name }) => name === "error"));
  expect(codesOf(events)).toContain("REPORT_JOURNAL");
  expect(codesOf(events)).not.toContain("CONNECTION");
  expect(server.reports).toEqual([]);
  isFull = false;
  await waitUntil(() => sumOf(server, "legacy") === 1);
  await client.close();
  expect(sumOf(server, "legacy")).toBe(1);
});

test("counts of a stored report that is too old to be sent are reported as lost, once", async () => {
  const server = await aServer();
  const none = { phoneLessAccepted: 0, phoneAndBsuid: 0, legacy: 0, unidentified: 0 };
  const hour = "2026-11-22T10:00:00Z";
  const lost = [{ phoneNumberId: ONE, hour, phoneLessDropped: 3, ...none }];
  const kept = { keep: async () => undefined, settle: () => undefined };
  const reportJournal = { left: null, waiting: [], lost, ...kept };
  const { client, events } = aClient(server.url, { ...QUICK, reportJournal });
  await client.ready({ timeoutMs: 5_000 });
  await waitUntil(() => server.reports.length > 1);
  const errors = events.flatMap(({ name, event }) => (name === "error" ? [event] : []));
  expect(errors).toMatchObject([
    { code: "COUNTS_LOST", level: "error", message: "3 counts are lost." },
  ]);
});

test("no customer's phone or BSUID is sent, and what cannot be counted is an error", async () => {
  const server = await aServer();
  const { client, events } = aClient(server.url, QUICK);
  await client.ready({ timeoutMs: 5_000 });
  client.count("US.13491208655302741918", "phone_less");
  client.count("+5511912345678", "legacy");
  client.count(undefined as unknown as string, "legacy");
  client.count(ONE, "nonsense" as "legacy");
  await waitUntil(() => codesOf(events).includes("INVALID_COUNT"));
  await client.close();
  expect(server.reports.flatMap(({ counts }) => counts)).toEqual([]);
});

/** Refuses reports as the console does, until `isRight` says that one may pass. */
function refuseReports(
  server: ContractServer,
  refusal: { status: number; errors?: { path: string; message: string }[] },
  isRight: (report: ContractServer["reports"][number]) => boolean,
): void {
  server.refuseReport = (report) => {
    if (isRight(report)) return null;
    return { code: "INVALID_INPUT", detail: "Look at the clock.", ...refusal };
  };
}

test("a report that the console refuses as a whole is an error, and its counts are kept until one is accepted", async () => {
  const server = await aServer();
  let isRight = false;
  refuseReports(server, { status: 409 }, () => isRight);
  const { client, events } = aClient(server.url, QUICK);
  await client.ready({ timeoutMs: 5_000 });
  client.count(ONE, "legacy");
  await waitUntil(() => codesOf(events).length >= 2);
  expect(events.find(({ name }) => name === "error")?.event).toMatchObject({
    code: "REPORT_REFUSED",
    level: "error",
    message: expect.stringContaining("Look at the clock."),
  });
  expect(client.status().refused).toMatchObject([{ what: "reports", status: 409 }]);
  client.count(ONE, "legacy");
  isRight = true;
  await waitUntil(() => sumOf(server, "legacy") === 2);
  expect(codesOf(events)).not.toContain("COUNTS_LOST");
});

test("of a report with rows that will never be accepted the others count, and those are reported as lost", async () => {
  const server = await aServer();
  const errors = [{ path: "counts[0].phoneNumberId", message: "is none." }];
  const isWithoutIt = ({ counts }: { counts: { phoneNumberId: string }[] }) =>
    counts.every(({ phoneNumberId }) => phoneNumberId !== ONE);
  refuseReports(server, { status: 400, errors }, isWithoutIt);
  const { client, events } = aClient(server.url, QUICK);
  await client.ready({ timeoutMs: 5_000 });
  client.count(ONE, "legacy");
  client.count(OTHER, "legacy");
  await waitUntil(() => sumOf(server, "legacy") === 1);
  expect(codesOf(events)).toContain("COUNTS_LOST");
});

test("hours in the future by a wrong clock are counted for now, and ancient ones are lost", async () => {
  const server = await aServer();
  const now = Date.now();
  server.refuseReport = ({ counts }) => {
    const errors = counts.flatMap(({ hour }, index) => {
      const age = now - Date.parse(hour);
      const isWrong = age > 35 * 24 * 3_600_000 || age < -3_600_000;
      return isWrong ? [{ path: `counts[${index}].hour`, message: "is none." }] : [];
    });
    return errors.length > 0 ? { status: 400, code: "INVALID_INPUT", errors } : null;
  };
  const { client, events } = aClient(server.url, QUICK);
  await client.ready({ timeoutMs: 5_000 });
  client.count(ONE, "legacy", { at: new Date(now + 7 * 3_600_000) });
  client.count(OTHER, "legacy", { at: new Date(0) });
  client.count(OTHER, "legacy");
  await waitUntil(() => sumOf(server, "legacy") === 2);
  expect(codesOf(events)).toContain("COUNTS_LOST");
});

test("a report that is too large is split into smaller ones", async () => {
  const server = await aServer();
  refuseReports(server, { status: 413 }, ({ counts }) => counts.length <= 300);
  const { client } = aClient(server.url, QUICK);
  await client.ready({ timeoutMs: 5_000 });
  for (let at = 0; at < 1_000; at += 1) client.count(String(1_000_000 + at), "legacy");
  await waitUntil(() => sumOf(server, "legacy") === 1_000);
});

test.each([
  [403, "text/html"],
  [400, "text/html"],
  [413, "text/html"],
  [422, "application/json"],
])(
  "a proxy's %i (%s) for reports keeps their counts, and the flags go on",
  async (status, type) => {
    const server = await aServer();
    server.fault = (_, response, path) => {
      if (path === REPORTS) response.writeHead(status, { "Content-Type": type }).end("{}");
      return path === REPORTS;
    };
    const { client, events } = aClient(server.url, QUICK);
    await client.ready({ timeoutMs: 5_000 });
    client.count(ONE, "legacy");
    await waitUntil(() => codesOf(events).length > 1);
    server.flip(ONE, true);
    await waitUntil(() => client.acceptsBsuid(ONE));
    expect(client.status().mode).toBe("stream");
    server.fault = () => false;
    await waitUntil(() => sumOf(server, "legacy") === 1);
    expect(codesOf(events)).not.toContain("COUNTS_LOST");
  },
);

test("a process that ends normally reports it last, and one whose console is away ends, too", async () => {
  const server = await aServer();
  const { client } = aClient(server.url, { reportIntervalMs: 60_000 });
  await client.ready({ timeoutMs: 5_000 });
  client.count(ONE, "legacy");
  await client.close();
  expect(server.reports.map(({ closing }) => closing)).toEqual([undefined, true]);
  expect(server.reports.at(-1)?.counts).toEqual([]);
  const other = aClient(server.url, { reportIntervalMs: 60_000 });
  await other.client.ready({ timeoutMs: 5_000 });
  await server.stop();
  const started = performance.now();
  await other.client.close();
  expect(performance.now() - started).toBeLessThan(2_000);
});

test("the table stays within its rows, and keeps every count, by merging hours", () => {
  const table = new CountTable(10);
  const start = Date.UTC(2026, 10, 22);
  for (let hour = 0; hour < 100; hour += 1)
    for (const number of ["1", "2", "3"])
      expect(table.add(number, "legacy", new Date(start + hour * 3_600_000))).toBe(true);
  expect(table.rows).toBeLessThanOrEqual(10);
  const rows = table.take(1_000);
  expect(rows.reduce((sum, row) => sum + total(row), 0)).toBe(300);
  expect(rows.at(-1)?.hour).toBe("2026-11-26T03:00:00Z");
  expect(table.rows).toBe(0);
});

test("more numbers within an hour than it keeps are refused, not kept", () => {
  const table = new CountTable(2);
  const at = new Date();
  const added = ["1", "2", "3", "1"].map((number) => table.add(number, "legacy", at));
  expect(added).toEqual([true, true, false, true]);
});
