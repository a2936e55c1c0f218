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

/** A number for one test, with a unique label. */
export type TestNumber = {
  phoneNumberId: string;
  label: string;
  accountId: string;
  accountName: string;
};

/** Reads what scripts/serve-e2e.ts wrote. From here on, lib/ works on that server's database. */
export function readEnvironment(): Environment {
  const file = process.env.E2E_ENV;
  if (!file) throw new Error("Run the browser tests with npm test or npx playwright test.");
  const environment = JSON.parse(readFileSync(file, "utf8")) as Environment;
  process.env.DATABASE_URL = environment.databaseUrl;
  process.env.NEXTAUTH_SECRET ??= "for-the-browser-tests-only-0123456789";
  // Verifying signs a head and writes it to a journal: one for this run's database, and for each process.
  const journal = `tests-${process.env.TEST_WORKER_INDEX ?? process.pid}.jsonl`;
  process.env.AUDIT_HEAD_JOURNAL = path.join(`${file}.heads`, journal);
  return environment;
}

const MAX_HYDRATION_MS = 5_000;

/**
 * Waits until React has hydrated the page. Input before that is lost: no person is that quick, but a test
 * on a busy machine is. Pages other than the console's need no wait.
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
  await page.waitForFunction(isHydrated, null, { timeout: MAX_HYDRATION_MS }).catch(() => {});
}

/** Collects what the page's content security policy refused, as Chromium reports it. */
function watchPolicy(context: BrowserContext): string[] {
  const violations: string[] = [];
  context.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
  });
  return violations;
}

export const test = base.extend<{
  /** Signs the page in, as a demo person of that role or as one created for the test. */
  loginAs: (who: Role | Credentials, page?: Page) => Promise<void>;
}>({
  context: async ({ context, baseURL, timezoneId }, use) => {
    // As after a first visit: otherwise every test's first page would be loaded twice.
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

/** Signs a browser in on the console that its base address names. */
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

/** Creates a person who can sign in, and whose access a test may change. */
/** Opens the menu of the signed-in person: their account, the theme, the sign-out. */
export async function openPersonMenu(page: Page): Promise<void> {
  await page.getByRole("button", { name: "account, theme, sign out" }).click();
}

export async function signOut(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Sign out", exact: true });
  if (!(await button.isVisible())) await openPersonMenu(page);
  await button.click();
}

export async function aColleague(role: Role): Promise<Credentials & { id: string; name: string }> {
  readEnvironment();
  const email = `${randomUUID()}@staff.test`;
  const password = randomUUID();
  const name = `Colleague ${email.slice(0, 6)}`;
  const person = { email, name, role, password, isPasswordOwn: true };
  const { id } = await createPerson(aSystem("person:manage"), person);
  return { id, name, email, password };
}

/** Creates `count` people of that name, who cannot sign in. */
export async function manyPeople(name: string, count: number): Promise<void> {
  readEnvironment();
  const people = Array.from({ length: count }, (_, place) => ({
    name: `${name} ${place}`,
    email: `${randomUUID()}@staff.test`,
    role: "support" as const,
  }));
  await db().person.createMany({ data: people });
}

/** Finds a token created on the page by its name; of several, the one with this secret. */
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

/** Adds traffic counts of a number, as if reported, without a runtime that other tests would see. */
export async function addTraffic(counts: ReturnType<typeof aCount>[]): Promise<void> {
  readEnvironment();
  await db().trafficCount.createMany({ data: counts });
}

/** Sends a runtime's report that it has applied the current flags. */
export async function report(...[overrides]: Parameters<typeof reportNow>): Promise<void> {
  readEnvironment();
  await reportNow(overrides);
}

/** Deletes all runtimes, as if none had ever reported. */
export async function deleteRuntimes(): Promise<void> {
  readEnvironment();
  await db().runtimeInstance.deleteMany();
}

/** Makes a runtime silent, as if it had last reported that many seconds ago. */
export async function makeSilent(instanceId: string, secondsAgo: number): Promise<void> {
  const lastHeardAt = new Date(Date.now() - secondsAgo * 1_000);
  await db().runtimeInstance.update({ where: { instanceId }, data: { lastHeardAt } });
}

/** The entries of the trail about a number, newest first. */
export async function readTrail({ phoneNumberId }: TestNumber): Promise<AuditEvent[]> {
  const { items } = await listNumberHistory(
    aSystem("number:read", "origin:read"),
    phoneNumberId,
    {},
  );
  return items;
}

/** An entry as it was hashed, with the values behind its commitments. */
export async function readSigned({ seq }: { seq: number }) {
  return await getSignedEntry(aSystem("audit:read", "origin:read"), String(seq));
}

/** The entries of the trail about a person, a token or a session, oldest first. */
export async function readEventsOf(targetId: string): Promise<AuditEvent[]> {
  const reader = aSystem("audit:read", "origin:read");
  const { items } = await listAuditEvents(reader, { targetId, limit: 200 });
  return items.toReversed();
}

/** Checks that the page does not scroll sideways at its width. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}

/**
 * Captures the request that `confirm` would send, without sending it, so that it can be tried as somebody
 * else.
 */
export async function catchAction(page: Page, confirm: () => Promise<void>): Promise<Request> {
  await page.route("**/*", (route) =>
    route.request().method() === "POST" ? route.abort() : route.continue(),
  );
  const sending = page.waitForRequest((request) => request.method() === "POST");
  await confirm();
  return await sending;
}

/** Sends a captured action with the session of another page, as if it came from that page. */
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

/** Runs SQL as a superuser with every guard of the trail off. The changes stay. */
export async function asIntruder(sql: string, values: readonly unknown[]): Promise<void> {
  await withClient(readEnvironment().ownerDatabaseUrl, async (owner) => {
    await owner.query("SET session_replication_role = replica");
    await owner.query(sql, [...values]);
  });
}

/** Opens the list with only this number in it. */
export async function openInList(page: Page, { label }: TestNumber, state = "all"): Promise<void> {
  await page.goto(`/numbers?q=${encodeURIComponent(label)}&state=${state}`);
  await expect(page.getByRole("row", { name: label })).toBeVisible();
}

/** Delays pages at that address, as on a slow network, until after the typing pause. */
export async function slowDown(page: Page, address: RegExp): Promise<void> {
  await page.route(address, async (route) => {
    await sleep(700);
    await route.continue();
  });
}

/** Waits until all the page's requests have finished, and no new one has started for half a second. */
export async function untilLoaded(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const ends = performance
      .getEntriesByType("resource")
      .map((entry) => (entry as PerformanceResourceTiming).responseEnd);
    return performance.now() - Math.max(...ends) > 500;
  });
}

/** Collects the searches that the page sends from now on. */
export function watchSearches(page: Page): string[] {
  const searches: string[] = [];
  page.on("request", (request) => {
    const asked = new URL(request.url()).searchParams.get("q");
    if (asked !== null) searches.push(asked);
  });
  return searches;
}

/** Refreshes the open page as when it comes back into view. */
export async function returnToPage(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
}
