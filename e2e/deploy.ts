import type { Browser } from "@playwright/test";
import { aColleague, aNumber, expect, openInList, readEnvironment, signIn } from "./fixtures.ts";
import { startOwnConsole } from "./own-console.ts";

const REASON = "Their CRM keys on userId since Monday";
const BUILD_MS = 900_000;

type OwnConsole = Awaited<ReturnType<typeof startOwnConsole>>;

/**
 * Replaces the version under a page with a half-filled dialog: the page stays as it is for a minute,
 * saves what was typed, and loads the new version once the person says so.
 *
 * @param root the next version's checkout, which is built first if it is not yet
 */
export async function deployUnderOpenPage(browser: Browser, root: string): Promise<void> {
  const consoles: OwnConsole[] = [];
  const start = async (
    ...[settings, where]: [NodeJS.Dict<string>?, { root: string; port: number }?]
  ) => {
    const started = await startOwnConsole(readEnvironment().databaseUrl, settings, where);
    consoles.push(started);
    return started;
  };
  const old = await start();
  await old.waitForOutput("is ready");
  const context = await browser.newContext({ baseURL: old.url });
  try {
    const number = await aNumber();
    await signIn(context, await aColleague("support"));
    const page = await context.newPage();
    await page.clock.install();
    // This also keeps the browser from reusing another build's cached scripts.
    const asked: string[] = [];
    await page.route("**/*", (route) => {
      asked.push(new URL(route.request().url()).pathname);
      return route.continue();
    });
    await openInList(page, number);
    await page.getByRole("switch").click();
    await page.getByLabel("Reason").fill(REASON);
    let loads = 0;
    page.on("load", () => {
      loads += 1;
    });

    const port = Number(new URL(old.url).port);
    await old.stop();
    const next = await start({ NEXTAUTH_URL: old.url }, { root, port });
    await next.waitForOutput("is ready", BUILD_MS);
    await page.clock.runFor("00:15");
    await expect(page.getByText("A new version is available")).toBeVisible();
    asked.length = 0;
    for (let quarter = 1; quarter <= 4; quarter += 1) {
      await page.clock.runFor("00:15");
      await expect.poll(() => asked.length).toBeGreaterThanOrEqual(quarter);
    }
    expect(new Set(asked), "what the page asked for by itself").toEqual(new Set(["/pulse"]));
    await expect(page.getByLabel("Reason")).toHaveValue(REASON);

    await page.getByRole("button", { name: `Turn on ${number.label}` }).click();
    await expect(page.getByText(`${number.label} is now accepting`)).toBeVisible();
    expect(loads, "times the page was loaded anew").toBe(0);
    await page.getByRole("button", { name: "Reload" }).click();
    await expect(page.getByRole("switch")).toBeChecked();
    await expect(page.getByText("A new version is available")).toBeHidden();
  } finally {
    await context.close();
    for (const started of consoles) await started.stop();
  }
}
