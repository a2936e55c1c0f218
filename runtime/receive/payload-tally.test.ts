import pino from "pino";
import { expect, test } from "vitest";
import { PayloadTally } from "./payload-tally.ts";

const PROBLEM = { path: "entry", messageId: null, phoneNumberId: null, message: "No.", code: null };

function aTally() {
  const lines: Record<string, unknown>[] = [];
  let now = Date.parse("2026-11-29T10:00:00Z");
  const log = pino({ base: null }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const tally = new PayloadTally(log, () => now);
  return { tally, lines, wait: (ms: number) => (now += ms) };
}

test("a flood of refusals is one line a minute with their number, and all are counted", () => {
  const { tally, lines, wait } = aTally();
  for (let count = 0; count < 1_000; count += 1) tally.countRefused(401, "Not signed.", {});
  expect(lines).toMatchObject([
    { level: 50, status: 401, msg: expect.stringContaining("META_APP_SECRET") },
  ]);
  tally.countRefused(413, "Too large.", { contentLength: "4000000" });
  expect(lines[1]).toMatchObject({ level: 40, status: 413, contentLength: "4000000" });
  wait(60_000);
  tally.countRefused(401, "Not signed.", {});
  expect(lines[2]).toMatchObject({ status: 401, count: 1_001, timesSinceLastLine: 999 });
  expect(tally.counts().refused).toMatchObject({ 401: { count: 1_001 }, 413: { count: 1 } });
});

test("the warning about a wrong secret ends once a payload is accepted", () => {
  const { tally } = aTally();
  expect(tally.counts().trouble).toBeNull();
  tally.countRefused(401, "Not signed.", {});
  expect(tally.counts().trouble).toContain("META_APP_SECRET");
  tally.countRefused(400, "No JSON.", {});
  expect(tally.counts().trouble).toContain("META_APP_SECRET");
  tally.countTaken({ problems: [], fields: [] });
  expect(tally.counts()).toMatchObject({
    trouble: null,
    taken: 1,
    lastTakenAt: "2026-11-29T10:00:00.000Z",
  });
});

test("accepted events that are not messages are counted by field, whatever the number of fields", () => {
  const { tally, lines } = aTally();
  tally.countTaken({
    problems: [{ ...PROBLEM, messageId: "wamid.HBgLMTU1NTAxMDAxMjMVAgA" }, PROBLEM],
    fields: ["calls", "calls", "__proto__", "x".repeat(1e6)],
  });
  for (let count = 0; count < 200; count += 1)
    tally.countTaken({ problems: [], fields: [`field ${count}`] });
  const { otherEvents, unreadable } = tally.counts();
  expect(unreadable).toBe(2);
  expect(otherEvents).toMatchObject({ calls: 2, ["x".repeat(64)]: 1 });
  expect(Object.entries(otherEvents)).toContainEqual(["__proto__", 1]);
  expect(Object.keys(otherEvents).length).toBeLessThanOrEqual(51);
  expect(Object.values(otherEvents).reduce((sum, count) => sum + count, 0)).toBe(204);
  // A line for each field that has a count of its own, and one for all the others.
  expect(lines.filter(({ level }) => level === 30)).toHaveLength(Object.keys(otherEvents).length);
  // A message's id holds its customer's phone.
  expect(JSON.stringify(lines)).not.toContain("wamid.");
});
