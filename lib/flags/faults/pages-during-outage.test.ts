import { globSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useOwnCluster } from "#testing/database/own-cluster.ts";
import { startTcpProxy } from "#testing/database/tcp-proxy.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { type ConsoleProcess, startConsole } from "#testing/http/console-process.ts";

const OUTAGE_MS = 8_000;
const MAX_MS = 5_000;

const cluster = useOwnCluster({ restartAfterMs: OUTAGE_MS });
let console_: ConsoleProcess;
let admin: string;

beforeAll(async () => {
  admin = await anApiToken("admin");
  console_ = await startConsole({ databaseUrl: cluster.appUrl() });
});
afterAll(() => console_.kill());

/** Every page there is, so that a new one is asked, too. */
const APP = path.resolve(import.meta.dirname, "../../../app");
const PAGES = globSync("**/page.tsx", { cwd: APP }).map(
  (file) =>
    `/${path
      .dirname(file)
      .replace(/\(\w+\)\/?/g, "")
      .replaceAll(/\[\w+\]/g, "106540352242922")}`,
);
const BROWSER = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
const SIGNED_IN = { ...BROWSER, cookie: "next-auth.session-token=of-somebody" };

async function ask(page: string, init: RequestInit = { headers: BROWSER }) {
  const askedAt = performance.now();
  const answer = await fetch(`${console_.url}${page}`, init);
  const text = await answer.text();
  return { answer, text, milliseconds: performance.now() - askedAt };
}

test("while the database is away every page answers 503 in words within 5 s, and afterwards by itself", async () => {
  expect(PAGES).toEqual(expect.arrayContaining(["/numbers", "/numbers/106540352242922"]));
  cluster.killServer();
  const asked = [BROWSER, SIGNED_IN].flatMap((headers) =>
    PAGES.map(async (page) => ({ page, ...(await ask(page, { headers })) })),
  );
  for (const { page, answer, text, milliseconds } of await Promise.all(asked)) {
    expect([page, answer.status]).toEqual([page, 503]);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(text).toContain("The console cannot reach its database");
    expect(text).toContain("This page comes back by itself");
    expect(text).toContain(answer.headers.get("x-request-id") ?? "an id");
    expect(milliseconds).toBeLessThan(MAX_MS);
  }
  const readiness = await ask("/readyz");
  expect(JSON.parse(readiness.text)).toMatchObject({ database: "down" });
  const managed = await ask("/api/v1/numbers", {
    headers: { ...BROWSER, authorization: `Bearer ${admin}` },
  });
  expect(JSON.parse(managed.text)).toMatchObject({ status: 503, code: "UNAVAILABLE" });
  expect(managed.milliseconds).toBeLessThan(MAX_MS);
  // A link in a page that is open; Next's router takes no other answer than its own for the page.
  const followed = await ask("/numbers?_rsc=1", { headers: { accept: "*/*", rsc: "1" } });
  expect(followed.answer.status).toBe(503);
  expect(followed.answer.headers.get("content-type")).toMatch(/^text\/html/);
  // Next's: this console has no pages of its own.
  expect((await ask("/_next/static/a.js")).answer.status).toBe(404);

  const statusOf = async () => (await ask("/numbers")).answer.status;
  await expect.poll(statusOf, { timeout: OUTAGE_MS + 20_000, interval: 200 }).toBe(404);
  expect(console_.ending()).toBeNull();
  // Each page waits out its patience once.
}, 60_000);

test("over a network that falls silent a page does not wait until the loss is noticed", async () => {
  const { port, href } = new URL(cluster.appUrl());
  const network = await startTcpProxy(Number(port));
  const apart = await startConsole({ databaseUrl: href.replace(`:${port}/`, `:${network.port}/`) });
  const get = () => fetch(`${apart.url}/numbers`, { headers: BROWSER });
  await expect.poll(async () => (await get()).status).toBe(404);
  network.dropSilently();
  await sleep(2_100);
  const askedAt = performance.now();
  expect((await get()).status).toBe(503);
  expect(performance.now() - askedAt).toBeLessThan(1_500);
  network.heal();
  await expect.poll(async () => (await get()).status, { timeout: 15_000 }).toBe(404);
  await apart.kill();
  await network.close();
  // A page waits out its patience on a network that says nothing.
}, 60_000);
