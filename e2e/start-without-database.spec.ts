import { expect, test } from "@playwright/test";
import { startOwnConsole } from "./own-console.ts";
import { type OwnDatabase, startOwnDatabase } from "./own-database.ts";

// Runs the program that `npm start` runs, which needs the build; hence not among the unit tests.

const STOP_MS = 5_000;

const CLOCK_OFF_MS = 7_200_000;
/**
 * Loaded before the program: `Date` is two hours ahead, as on a machine with a wrong clock. Next copies the
 * class's own functions into one of its own, and none that are inherited.
 */
const WRONG_CLOCK = `data:text/javascript,const Right = Date;
  globalThis.Date = class extends Right {
    constructor(...given) { given.length > 0 ? super(...given) : super(Right.now() + ${CLOCK_OFF_MS}); }
    static now() { return Right.now() + ${CLOCK_OFF_MS}; }
    static parse = Right.parse;
    static UTC = Right.UTC;
  }`;

let database: OwnDatabase;
// A console is started, and waits for its database.
test.setTimeout(60_000);

test.beforeEach(async () => {
  database = await startOwnDatabase();
  await database.kill();
});
test.afterEach(() => database.stop());

test("a console started while its database is down says so, waits, recovers by itself, and reports that its clock is off", async () => {
  const waiting = await startOwnConsole(database.url, {
    NODE_OPTIONS: `--import=${encodeURI(WRONG_CLOCK)}`,
  });
  const server = new URL(database.url).host;
  await waiting.waitForOutput(`Nothing answers at ${server}, where DATABASE_URL points.`);
  await waiting.waitForOutput("Waiting for it");
  await waiting.waitForOutput("It listens on");
  expect(await waiting.readReadiness()).toBe("503 unavailable down");
  expect((await fetch(`${waiting.url}/healthz`)).status).toBe(200);
  const page = await fetch(`${waiting.url}/numbers`, { headers: { accept: "text/html" } });
  expect(page.status).toBe(503);
  expect(await page.text()).toContain("The console cannot reach its database");
  expect(waiting.readOutput()).not.toContain("is ready");

  await database.start();
  await expect.poll(waiting.readReadiness, { timeout: 20_000 }).toBe("200 ok up");
  await waiting.waitForOutput("is ready");
  const redirected = await fetch(`${waiting.url}/numbers`, { headers: { accept: "text/html" } });
  expect([redirected.status, redirected.url]).toEqual([
    200,
    `${waiting.url}/sign-in?next=%2Fnumbers`,
  ]);
  // Single sign-on may fail because of it, and the page says why.
  expect(await redirected.text()).toMatch(/This console’s clock is 7,\d{3} seconds off/);
  expect(await waiting.stop()).toBe(0);
});

test("a signal ends the waiting at once", async () => {
  const waiting = await startOwnConsole(database.url);
  await waiting.waitForOutput("It listens on");
  const askedAt = performance.now();
  expect(await waiting.stop()).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(STOP_MS);
});
