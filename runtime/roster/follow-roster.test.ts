import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { NumberBook } from "../store/number-book.ts";
import { RosterCursor } from "../store/roster-cursor.ts";
import { aDatabase } from "../testing/a-database.ts";
import { aRoster } from "../testing/a-roster.ts";
import { until } from "../testing/until.ts";
import { followRoster } from "./follow-roster.ts";

const TOKEN = "of-the-roster";
const QUICK = { everyMs: 20, firstBackoffMs: 5 };

/** A follower with a database of its own; `follow` starts another one on it, as after a restart. */
async function aFollower({ rosterToken = TOKEN as string | null, timing = QUICK } = {}) {
  const roster = await aRoster({ token: TOKEN });
  const database = aDatabase();
  const logged: { level: number; msg: string; why?: string }[] = [];
  const log = pino({ level: "trace" }, { write: (line) => logged.push(JSON.parse(line)) });
  let isFull = false;
  const write = async <Result>(work: () => Result): Promise<Result> => {
    if (isFull) throw new Error("the disk is full");
    return work();
  };
  const follow = () => {
    const numbers = new NumberBook(database);
    const cursor = new RosterCursor(database);
    const settings = { consoleUrl: roster.url, rosterToken };
    const follower = followRoster({ settings, numbers, cursor, write, log, timing });
    onTestFinished(follower.stop);
    return { numbers, cursor, ...follower };
  };
  const fill = (full: boolean) => {
    isFull = full;
  };
  return { roster, logged, fill, follow };
}

test("the whole roster is read once, page by page, and then the changes, also by the next process", async () => {
  const { roster, follow } = await aFollower();
  for (let id = 1; id <= 450; id += 1) roster.put(String(id));
  const first = follow();
  await until(() => first.numbers.find("450") !== null);
  expect(roster.asked.slice(0, 3)).toEqual(["0", "first.200", "first.400"]);
  roster.put("7", { portfolioId: "p2", displayPhoneNumber: "+5511987654321" });
  await until(() => first.numbers.find("7")?.portfolioId === "p2");
  expect(first.numbers.findSender("+551187654321")?.phoneNumberId).toBe("7");
  expect(first.numbers.findSender("+15550000007")).toBeNull();
  await until(() => roster.asked.at(-1) === "first.451");
  first.stop();
  const asked = roster.asked.length;
  const next = follow();
  expect(next.numbers.find("7")).toMatchObject({ portfolioId: "p2", wabaId: "w1" });
  await until(() => roster.asked.length > asked);
  expect(new Set(roster.asked.slice(asked))).toEqual(new Set(["first.451"]));
});

test("a retired number no longer sends, and a number that takes over its phone does", async () => {
  const { roster, follow } = await aFollower();
  for (const id of ["1", "2"]) roster.put(id, { displayPhoneNumber: "+15550100199" });
  roster.put("3");
  const { numbers } = follow();
  await until(() => numbers.find("3") !== null);
  expect(numbers.findSender("+15550100199")?.phoneNumberId).toBe("1");
  roster.put("1", { retiredAt: "2026-11-29T10:00:00.000Z" });
  await until(() => numbers.find("1")?.isRetired);
  expect(numbers.findSender("+15550100199")?.phoneNumberId).toBe("2");
  expect(numbers.listInService(1)).toMatchObject({ numbers: [{ phoneNumberId: "2" }], count: 2 });
  roster.put("3", { retiredAt: "2026-11-29T10:00:00.000Z" });
  await until(() => numbers.findSender(null)?.phoneNumberId === "2");
});

test.each<[string, boolean]>([
  ["sends all of it", false],
  ["refuses the cursor", true],
])("a console with a new roster that %s is read from the beginning", async (_, refuses) => {
  const { roster, follow } = await aFollower();
  roster.put("1");
  const { numbers, cursor } = follow();
  await until(() => cursor.read() === "first.1");
  roster.behave((response) => {
    const isForeign = refuses && roster.asked.at(-1)?.startsWith("first");
    if (isForeign) response.writeHead(400).end("{}");
    return isForeign === true;
  });
  roster.restore("second");
  roster.put("1", { portfolioId: "p9" });
  roster.put("2");
  await until(() => cursor.read() === "second.3");
  expect(numbers.find("1")?.portfolioId).toBe("p9");
  expect(numbers.find("2")).not.toBeNull();
});

const answer = (status: number, body: string) => (response: ServerResponse) =>
  response.writeHead(status, { location: "/login" }).end(body);

/** Answers that may come instead of the console's, and the log level they get: 50 is an error. */
test.each<[string, (response: ServerResponse) => unknown, number]>([
  ["a refused token", answer(401, "{}"), 50],
  ["a lacking scope", answer(403, "{}"), 50],
  ["another address", answer(404, "<html>"), 50],
  ["a 400 that is not about the cursor", answer(400, "{}"), 50],
  ["a redirect", answer(302, ""), 50],
  ["a login page", answer(200, "<html>Sign in</html>"), 50],
  ["another JSON", answer(200, '{"items":[{}],"nextCursor":"1"}'), 50],
  ["a page without its cursor", answer(200, '{"items":[]}'), 50],
  ["too many requests", answer(429, "{}"), 40],
  ["an outage", answer(503, "busy"), 40],
  [
    "a body that is cut",
    (response) => {
      response.writeHead(200, { "content-length": 900 }).write('{"items":[');
      setTimeout(() => response.destroy(), 5);
    },
    40,
  ],
  ["a connection that breaks", (response) => response.destroy(), 40],
])("%s changes nothing of the known roster, is logged, and passes", async (_, fault, level) => {
  const { roster, logged, follow } = await aFollower();
  roster.put("1");
  const { numbers, status, cursor } = follow();
  await until(() => numbers.find("1") !== null);
  const before = cursor.read();
  roster.behave((response) => {
    fault(response);
    return true;
  });
  roster.put("2");
  const asked = roster.asked.length;
  await until(() => roster.asked.length > asked + 3);
  const { failure } = status();
  expect(failure).toMatchObject({ since: expect.any(Date), why: expect.stringMatching(/\w/) });
  expect(failure?.why).not.toContain(TOKEN);
  expect(numbers.find("1")).toMatchObject({ portfolioId: "p1" });
  expect([numbers.find("2"), cursor.read()]).toEqual([null, before]);
  expect(new Set(logged.map((line) => line.level))).toEqual(new Set([level]));
  // The log has to say what to correct.
  for (const { why } of logged) expect(why).not.toMatch(/^$|fetch failed:? *$/);
  roster.behave(() => false);
  await until(() => numbers.find("2") !== null);
  await until(() => status().failure === null);
  expect(logged.at(-1)?.msg).toBe("the roster can be read again");
});

test("a page that cannot be stored is asked for again, and the cursor stays at what is stored", async () => {
  const { roster, fill, follow } = await aFollower();
  roster.put("1");
  fill(true);
  const { numbers, status, cursor } = follow();
  await until(() => status().failure !== null);
  expect([numbers.find("1"), cursor.read()]).toEqual([null, null]);
  fill(false);
  await until(() => numbers.find("1") !== null && status().failure === null);
  expect(cursor.read()).toBe("first.1");
});

test("without a token nothing is requested; stopping aborts the request under way, and none follows", async () => {
  const without = await aFollower({ rosterToken: null });
  expect(without.follow().status()).toEqual({ isFollowed: false, failure: null });
  const { roster, logged, follow } = await aFollower();
  // Never answers.
  roster.behave(() => true);
  const { status, stop } = follow();
  await until(() => roster.asked.length === 1);
  stop();
  await sleep(5 * QUICK.everyMs);
  expect(roster.asked).toHaveLength(1);
  expect(without.roster.asked).toEqual([]);
  expect(logged).toEqual([]);
  expect(status()).toEqual({ isFollowed: true, failure: null });
});
