import type { Locator, Page } from "@playwright/test";
import { setFlag } from "#lib/flags/set-flag.ts";
import { freePort } from "#postgres/free-port.ts";
import { aSystem } from "#testing/factories.ts";
import {
  aColleague,
  aNumber,
  expect,
  openInList,
  readEnvironment,
  signIn,
  signOut,
  type TestNumber,
  test,
} from "./fixtures.ts";
import { startOwnConsole } from "./own-console.ts";
import { startStreamProxy } from "./stream-proxy.ts";

const REASON = "Their CRM keys on userId since Monday";
const NOT_LIVE = "Not live; trying again.";

/** Waits until the page hears of changes. */
async function untilLive(page: Page): Promise<void> {
  await expect(page.locator("[data-live=true]")).toBeAttached();
}

const row = (page: Page, { label }: TestNumber) => page.locator("tr", { hasText: label });

/** Another person, in a browser of their own, who has the number's dialog filled in. */
async function aColleagueAbout(number: TestNumber, page: Page) {
  const colleague = await aColleague("support");
  const context = await page.context().browser()?.newContext();
  if (!context) throw new Error("There is no browser.");
  await signIn(context, colleague);
  const other = await context.newPage();
  await openInList(other, number);
  await other.getByRole("switch").click();
  await other.getByLabel("Reason").fill("I was faster than you");
  const flip = async () => {
    await other.getByRole("button", { name: /^Turn on/ }).click();
    await expect(other.getByText("is now accepting")).toBeVisible();
    return performance.now();
  };
  return { name: colleague.name, flip, leave: () => context.close() };
}

test("a colleague's flip is on the other screen within a second, marked for a moment, and takes no focus", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  await loginAs("support");
  await openInList(page, number);
  await untilLive(page);
  await page.getByLabel("Search").focus();
  const colleague = await aColleagueAbout(number, page);
  const flippedAt = await colleague.flip();
  await expect(row(page, number)).toContainText("Accepting", { timeout: 1_000 });
  expect(performance.now() - flippedAt).toBeLessThan(1_000);
  await expect(row(page, number)).toHaveAttribute("data-fresh");
  await expect(page.getByLabel("Search")).toBeFocused();
  await expect(row(page, number)).not.toHaveAttribute("data-fresh");
  await colleague.leave();
});

test("a colleague's flip is in an open dialog within a second, which keeps what was typed", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  await loginAs("support");
  await openInList(page, number);
  await untilLive(page);
  await page.getByRole("switch").click();
  await page.getByLabel("Reason").fill(REASON);
  const colleague = await aColleagueAbout(number, page);
  await colleague.flip();
  const dialog = page.getByRole("dialog");
  const words = `${colleague.name} changed it`;
  await expect(dialog.getByRole("alert")).toContainText(words, { timeout: 1_000 });
  await expect(dialog).toContainText("Phone-only (v0)");
  await expect(dialog).toContainText("Accepting (v1)");
  await expect(dialog).toContainText("already as you wanted");
  await expect(dialog.getByRole("button", { name: /^Turn on/ })).toBeHidden();
  await expect(dialog.getByLabel("Reason")).toHaveValue(REASON);
  await expect(dialog.getByLabel("Reason")).toBeFocused();
  await colleague.leave();
});

test("rows stay in their places until the person sorts them", async ({ page, loginAs }) => {
  const first = await aNumber({ name: "Alpha" });
  const second = await aNumber({ name: "Beta", sibling: first });
  await loginAs("support");
  const flip = (number: TestNumber) =>
    setFlag(aSystem("flag:set"), {
      phoneNumberId: number.phoneNumberId,
      acceptsBsuid: true,
      reason: REASON,
    });
  await flip(first);
  await page.goto(`/numbers?account=${first.accountId}&sort=changed`);
  await untilLive(page);
  const labels = () =>
    page.locator("tbody th a").evaluateAll((links) => {
      return links.map((link) => link.textContent);
    });
  expect(await labels()).toEqual([first.label, second.label]);
  await flip(second);
  await expect(row(page, second)).toContainText("Accepting");
  expect(await labels()).toEqual([first.label, second.label]);
  await page.reload();
  expect(await labels()).toEqual([second.label, first.label]);
});

test("eight tabs are live by one stream, and the ninth loads", async ({ context, loginAs }) => {
  const number = await aNumber();
  let streams = 0;
  context.on("request", (request) => {
    if (new URL(request.url()).pathname === "/live") streams += 1;
  });
  const pages: Page[] = [];
  for (let count = 0; count < 9; count += 1) {
    const page = await context.newPage();
    if (count === 0) await loginAs("support", page);
    await openInList(page, number);
    pages.push(page);
  }
  for (const page of pages) await untilLive(page);
  expect(streams).toBe(1);
  const change = { phoneNumberId: number.phoneNumberId, acceptsBsuid: true };
  await setFlag(aSystem("flag:set"), { ...change, reason: REASON });
  await pages.at(-1)?.bringToFront();
  for (const page of pages) await expect(row(page, number)).toContainText("Accepting");
  // The tab that had the stream goes, and another one takes over.
  await pages.shift()?.close();
  await setFlag(aSystem("flag:set"), { ...change, acceptsBsuid: false, reason: REASON });
  for (const page of pages) await expect(row(page, number)).toContainText("Phone-only");
});

test("signing out ends all tabs at once", async ({ page, context, loginAs }) => {
  await loginAs(await aColleague("support"));
  const tabs = [page, await context.newPage(), await context.newPage()];
  for (const tab of tabs) {
    await tab.goto("/runtimes");
    await untilLive(tab);
  }
  if (tabs[1]) await signOut(tabs[1]);
  for (const tab of tabs) await expect(tab).toHaveURL(/\/sign-in/);
});

test("a stream that falls silent is said to be not live, until it is back", async ({ browser }) => {
  // Starts a console of its own, behind a proxy.
  test.setTimeout(60_000);
  const { databaseUrl } = readEnvironment();
  const port = await freePort();
  const proxy = await startStreamProxy(port);
  const own = await startOwnConsole(databaseUrl, { NEXTAUTH_URL: proxy.url }, { port });
  const context = await browser.newContext({ baseURL: proxy.url });
  try {
    await own.waitForOutput("is ready");
    const number = await aNumber();
    await signIn(context, await aColleague("support"));
    const page = await context.newPage();
    await page.clock.install();
    await openInList(page, number);
    await page.clock.runFor("00:03");
    await untilLive(page);
    proxy.hold();
    // Jumps, since a request that waits while time runs would run out of it.
    await page.clock.fastForward("00:32");
    const wait = async (what: Locator, isThere: boolean) => {
      await expect
        .poll(async () => {
          await page.clock.fastForward("00:04");
          return await what.count();
        })
        .toBe(isThere ? 1 : 0);
    };
    await wait(page.getByText(NOT_LIVE), true);
    proxy.release();
    const change = { phoneNumberId: number.phoneNumberId, acceptsBsuid: true };
    await setFlag(aSystem("flag:set"), { ...change, reason: REASON });
    await wait(page.getByText(NOT_LIVE), false);
    await untilLive(page);
    await wait(row(page, number).filter({ hasText: "Accepting" }), true);
  } finally {
    await context.close();
    await own.stop();
    await proxy.close();
  }
});
