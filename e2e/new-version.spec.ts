import { expect, signIn, test } from "./fixtures.ts";
import { makeNextVersion } from "./next-version.ts";
import { startOwnConsole } from "./own-console.ts";
import { startOwnDatabase } from "./own-database.ts";

const REASON = "Their CRM keys on userId since Monday";
const BUILD_MS = 420_000;
const WAIT_MS = 60_000;

test("a page from before a deploy keeps what was typed, and says so", async ({ browser }) => {
  // A whole build, and a minute in which nothing may happen by itself.
  test.setTimeout(BUILD_MS + WAIT_MS + 120_000);
  const database = await startOwnDatabase();
  const version = await makeNextVersion();
  const consoles: Awaited<ReturnType<typeof startOwnConsole>>[] = [];
  const start: typeof startOwnConsole = async (...how) => {
    const started = await startOwnConsole(...how);
    consoles.push(started);
    return started;
  };
  try {
    const { credentials, number } = await database.seed();
    const old = await start(database.url);
    await old.hasSaid("is ready");
    const trial = await start(database.url, {}, { root: version.root });
    await trial.hasSaid("is ready", BUILD_MS);
    await trial.stop();

    const context = await browser.newContext({ baseURL: old.url });
    await signIn(context, credentials);
    const page = await context.newPage();
    await page.goto("/numbers");
    await page.getByRole("switch").click();
    await page.getByLabel("Reason").fill(REASON);
    let loads = 0;
    page.on("load", () => {
      loads += 1;
    });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));

    const { port } = new URL(old.url);
    await old.stop();
    const settings = { NEXTAUTH_URL: old.url };
    const next = await start(database.url, settings, {
      root: version.root,
      port: Number(port),
    });
    await next.hasSaid("is ready");
    await expect(page.getByText("A new version is available")).toBeVisible({ timeout: 30_000 });
    asked.length = 0;
    await page.waitForTimeout(WAIT_MS);
    expect(new Set(asked), "what the page asked for by itself").toEqual(new Set(["/pulse"]));
    await expect(page.getByLabel("Reason")).toHaveValue(REASON);

    // The next version lies in another folder, by which Next names its actions: it does not know this one.
    await page.getByRole("button", { name: `Accept on ${number.label}` }).click();
    await expect(page.getByRole("alert").filter({ hasText: "no longer fits it" })).toBeVisible();
    await expect(page.getByLabel("Reason")).toHaveValue(REASON);
    expect(loads, "times the page was loaded anew").toBe(0);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Reload" }).click();
    await expect(page.getByRole("switch")).not.toBeChecked();
    await expect(page.getByText("A new version is available")).toBeHidden();
    await context.close();
  } finally {
    for (const started of consoles) await started.stop();
    await database.stop();
    await version.remove();
  }
});
