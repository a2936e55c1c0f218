import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type BrowserContext,
  test as base,
  expect,
  type Page,
  type Request,
} from "@playwright/test";
import type { AuditEvent } from "#lib/audit/event.ts";
import { getSignedEntry } from "#lib/audit/get-signed-entry.ts";
import { listAuditEvents } from "#lib/audit/search/list-audit-events.ts";
import { db } from "#lib/db/client.ts";
import type { Role } from "#lib/db/generated/enums.ts";
import { COOKIES, toCookieName } from "#lib/http/pages/own-cookies.ts";
import { listNumberHistory } from "#lib/numbers/list-number-history.ts";
import { createPerson } from "#lib/people/create-person.ts";
import { withClient } from "#postgres/with-client.ts";
import { aNumber as aNumberRow, anAccount, aSystem } from "#testing/factories.ts";
import { type aCount, reportNow } from "#testing/http/report.ts";

type Credentials = { email: string; password: string };
type Environment = {
  databaseUrl: string;
  ownerDatabaseUrl: string;
  people: (Credentials & { role: Role })[];
};

/** A number of a test's own, with a label nothing else has. */
export type TestNumber = {
  phoneNumberId: string;
  label: string;
  accountId: string;
  accountName: string;
};

/** What scripts/serve-e2e.ts wrote; from here on, lib/ works on that server's database. */
export function readEnvironment(): Environment {
  const file = process.env.E2E_ENV;
  if (!file) throw new Error("Run the browser tests with npm test or npx playwright test.");
  const environment = JSON.parse(readFileSync(file, "utf8")) as Environment;
  process.env.DATABASE_URL = environment.databaseUrl;
  process.env.NEXTAUTH_SECRET ??= "for-the-browser-tests-only-0123456789";
  // Who verifies signs, and notes it: of this run's database alone, each process in a journal of its own.
  const journal = `tests-${process.env.TEST_WORKER_INDEX ?? process.pid}.jsonl`;
  process.env.AUDIT_HEAD_JOURNAL = path.join(`${file}.heads`, journal);
  return environment;
}

const MOST_HYDRATION_MS = 5_000;

/**
 * Until React has taken over what can be used. What is chosen or pressed before is lost: nobody is that
 * quick, a test on a busy machine is. Other pages than the console's have nothing to wait for.
 */
export async function untilHydrated(page: Page): Promise<void> {
  const isHydrated = () => {
    const used = [...document.querySelectorAll("body :is(button, select, input, textarea)")];
    const isOurs = document.querySelector('script[src*="/_next/"]') !== null;
    return (
      !isOurs ||
      used.every((element) => Object.keys(element).some((key) => key.startsWith("__reactProps")))
    );
  };
  await page.waitForFunction(isHydrated, null, { timeout: MOST_HYDRATION_MS }).catch(() => {});
}

/** What the page's content security policy refused, as Chromium says it. */
function watchPolicy(context: BrowserContext): string[] {
  const violations: string[] = [];
  context.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
  });
  return violations;
}

export const test = base.extend<{
  /** Signs the page in, as a demo person of that role or as somebody made for the test. */
  loginAs: (who: Role | Credentials, page?: Page) => Promise<void>;
}>({
  context: async ({ context, baseURL, timezoneId }, use) => {
    // As after a first visit: with it every test's first page would be asked for twice.
    const url = baseURL ?? "";
    const zone = Intl.DateTimeFormat("en", timezoneId ? { timeZone: timezoneId } : {});
    const { timeZone: value } = zone.resolvedOptions();
    const secure = url.startsWith("https:");
    await context.addCookies([{ name: toCookieName(COOKIES.timeZone, url), value, url, secure }]);
    const violations = watchPolicy(context);
    await use(context);
    expect(violations, "what the content security policy refused").toEqual([]);
  },
  page: async ({ page, javaScriptEnabled }, use) => {
    const hydrated = <How extends unknown[], Answer>(load: (...how: How) => Promise<Answer>) => {
      return async (...how: How) => {
        const answer = await load(...how);
        if (javaScriptEnabled !== false) await untilHydrated(page);
        return answer;
      };
    };
    page.goto = hydrated(page.goto.bind(page));
    page.reload = hydrated(page.reload.bind(page));
    await use(page);
  },
  loginAs: async ({ page }, use) => {
    const { people } = readEnvironment();
    await use(async (who, on = page) => {
      const person = typeof who === "string" ? people.find(({ role }) => role === who) : who;
      if (!person) throw new Error(`Nobody has the role ${String(who)}.`);
      await signIn(on.context(), person);
    });
  },
});

export { expect };

/** Signs a browser in, on the console that its addresses are relative to. */
export async function signIn(
  { request }: Pick<BrowserContext, "request">,
  { email, password }: Credentials,
) {
  const { csrfToken } = (await (await request.get("/api/auth/csrf")).json()) as {
    csrfToken: string;
  };
  const form = { csrfToken, email, password, json: "true" };
  const response = await request.post("/api/auth/callback/credentials", { form });
  expect(response.ok(), `${email} can sign in`).toBe(true);
}

/** Somebody who can sign in, and whose access a test may change. */
export async function aColleague(role: Role): Promise<Credentials & { id: string; name: string }> {
  readEnvironment();
  const email = `${randomUUID()}@staff.test`;
  const password = randomUUID();
  const name = `Colleague ${email.slice(0, 6)}`;
  const person = { email, name, role, password, isPasswordOwn: true };
  const { id } = await createPerson(aSystem("person:manage"), person);
  return { id, name, email, password };
}

/** So many people of that name, who cannot sign in. */
export async function manyPeople(name: string, count: number): Promise<void> {
  readEnvironment();
  const people = Array.from({ length: count }, (_, place) => ({
    name: `${name} ${place}`,
    email: `${randomUUID()}@staff.test`,
    role: "support" as const,
  }));
  await db().person.createMany({ data: people });
}

/** A token made on the page, by its name; of several with that name, the one with this secret. */
export async function findToken(name: string, secret = ""): Promise<{ id: string }> {
  const prefix = { startsWith: secret.slice(0, 16) };
  return await db().token.findFirstOrThrow({ where: { name, prefix }, select: { id: true } });
}

export async function aNumber(
  options: Omit<NonNullable<Parameters<typeof aNumberRow>[0]>, "label" | "accountId"> & {
    name?: string;
    sibling?: TestNumber;
  } = {},
): Promise<TestNumber> {
  readEnvironment();
  const { name = "Test", sibling, ...rest } = options;
  const label = `${name} ${randomUUID().slice(0, 8)}`;
  const accountName = sibling?.accountName ?? `Account ${randomUUID().slice(0, 8)}`;
  const accountId = sibling?.accountId ?? (await anAccount(accountName));
  const phoneNumberId = await aNumberRow({ ...rest, label, accountId });
  return { phoneNumberId, label, accountId, accountName };
}

/** What a number had in some hours, as if reported: no runtime of another test's appears. */
export async function hadTraffic(counts: ReturnType<typeof aCount>[]): Promise<void> {
  readEnvironment();
  await db().trafficCount.createMany({ data: counts });
}

/** A runtime that tells it holds the flags as they are now. */
export async function report(...[overrides]: Parameters<typeof reportNow>): Promise<void> {
  readEnvironment();
  await reportNow(overrides);
}

/** As if no runtime had ever been heard. */
export async function forgetRuntimes(): Promise<void> {
  readEnvironment();
  await db().runtimeInstance.deleteMany();
}

/** As if the runtime had gone silent that long ago. */
export async function silence(instanceId: string, secondsAgo: number): Promise<void> {
  const lastHeardAt = new Date(Date.now() - secondsAgo * 1_000);
  await db().runtimeInstance.update({ where: { instanceId }, data: { lastHeardAt } });
}

/** The number's part of the trail, newest first. */
export async function readTrail({ phoneNumberId }: TestNumber): Promise<AuditEvent[]> {
  const { items } = await listNumberHistory(
    aSystem("number:read", "origin:read"),
    phoneNumberId,
    {},
  );
  return items;
}

/** An entry as it was hashed, with what its commitments stand for. */
export async function readSigned({ seq }: { seq: number }) {
  return await getSignedEntry(aSystem("audit:read", "origin:read"), String(seq));
}

/** What the trail has of a person, a token or a session, oldest first. */
export async function readEventsOf(targetId: string): Promise<AuditEvent[]> {
  const reader = aSystem("audit:read", "origin:read");
  const { items } = await listAuditEvents(reader, { targetId, limit: 200 });
  return items.toReversed();
}

/** Nothing has to be scrolled sideways at the page's width. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}

/** The very request that pressing `confirm` sends, kept from being sent: to try it as somebody else. */
export async function catchAction(page: Page, confirm: () => Promise<void>): Promise<Request> {
  await page.route("**/*", (route) =>
    route.request().method() === "POST" ? route.abort() : route.continue(),
  );
  const sending = page.waitForRequest((request) => request.method() === "POST");
  await confirm();
  return await sending;
}

/** Sends a caught action with the session of another page, as if the action's page were that one's. */
export async function sendAs(page: Page, caught: Request): Promise<string> {
  const { "next-action": action = "", "content-type": type = "" } = caught.headers();
  const viewerId = (await page.request.get("/pulse")).headers()["x-console-person"] ?? "";
  const [, ...input] = JSON.parse(caught.postData() ?? "[]") as unknown[];
  const response = await page.request.post(caught.url(), {
    headers: { "next-action": action, "content-type": type },
    data: JSON.stringify([viewerId, ...input]),
  });
  return await response.text();
}

/** As a superuser who silenced every guard of the trail; what is done stays. */
export async function asIntruder(sql: string, values: readonly unknown[]): Promise<void> {
  await withClient(readEnvironment().ownerDatabaseUrl, async (owner) => {
    await owner.query("SET session_replication_role = replica");
    await owner.query(sql, [...values]);
  });
}

/** Opens the list with just this number in it. */
export async function openInList(page: Page, { label }: TestNumber, state = "all"): Promise<void> {
  await page.goto(`/numbers?q=${encodeURIComponent(label)}&state=${state}`);
  await expect(page.getByRole("row", { name: label })).toBeVisible();
}

/** As on a slow network: a page of that address comes after the pause that typing ends with. */
export async function slowDown(page: Page, address: RegExp): Promise<void> {
  await page.route(address, async (route) => {
    await sleep(700);
    await route.continue();
  });
}

/** Until everything that the page asked for has come, and nothing more was asked for half a second. */
export async function untilLoaded(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const ends = performance
      .getEntriesByType("resource")
      .map((entry) => (entry as PerformanceResourceTiming).responseEnd);
    return performance.now() - Math.max(...ends) > 500;
  });
}

/** The searches that the page sends from now on, as they arrive. */
export function watchSearches(page: Page): string[] {
  const searches: string[] = [];
  page.on("request", (request) => {
    const asked = new URL(request.url()).searchParams.get("q");
    if (asked !== null) searches.push(asked);
  });
  return searches;
}

/** What the open page shows anew once it comes back into view. */
export async function comeBackTo(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
}
