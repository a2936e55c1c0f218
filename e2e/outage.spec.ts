import type { Page } from "@playwright/test";
import { freePort } from "#postgres/free-port.ts";
import { withClient } from "#postgres/with-client.ts";
import { startOpenIdProvider } from "#testing/http/openid-provider.ts";
import { bearer } from "./api-access.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import {
  test as base,
  expect,
  expectNoSidewaysScroll,
  openPersonMenu,
  returnToPage,
  signIn,
} from "./fixtures.ts";
import { startOwnConsole } from "./own-console.ts";
import { startOwnDatabase } from "./own-database.ts";

const MAX_MS = 5_000;
const TITLE = "The console cannot reach its database";

type Outage = Awaited<ReturnType<typeof startAll>>;

/** With its own console and database, so that an outage affects no other test. */
const test = base.extend<object, { outage: Outage }>({
  outage: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the dependencies from the pattern
    async ({}, use) => {
      const outage = await startAll();
      await use(outage);
      await outage.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  baseURL: async ({ outage }, use) => use(outage.url),
});

// One worker, because each worker would start all of it.
test.describe.configure({ mode: "default" });
// Every page waits out its patience with a database that is away.
test.setTimeout(60_000);
test.beforeEach(({ context, outage }) => signIn(context, outage.credentials));

async function startAll() {
  const database = await startOwnDatabase();
  const seeded = await database.seed();
  const port = await freePort();
  const callback = `http://127.0.0.1:${port}/api/auth/callback/openid`;
  const provider = await startOpenIdProvider([callback]);
  const settings = {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_ROLE_CLAIM: "role",
  };
  const console = await startOwnConsole(database.url, settings, { port });
  const { url, readOutput, waitForOutput, readReadiness, stop } = console;
  await waitForOutput("is ready");
  return {
    ...seeded,
    url,
    readOutput,
    query: (sql: string) => withClient(database.url, (client) => client.query(sql)),
    /** Locks tables as a migration does, for as long as `meanwhile` runs. */
    hold: (tables: string, meanwhile: () => Promise<void>) =>
      withClient(database.url, async (client) => {
        await client.query(`BEGIN; LOCK TABLE ${tables} IN ACCESS EXCLUSIVE MODE`);
        await meanwhile();
        await client.query("ROLLBACK");
      }),
    begin: async () => {
      await database.kill();
      await expect.poll(readReadiness).toBe("200 ok down");
    },
    end: async () => {
      await database.start();
      await expect.poll(readReadiness).toBe("200 ok up");
    },
    stop: async () => {
      await stop();
      await provider.stop();
      await database.stop();
    },
  };
}

const title = (page: Page) => page.getByRole("heading", { level: 1, name: TITLE });

test("every page says that the database is away, and later reloads the same page by itself", async ({
  page,
  outage: { number, ...outage },
}) => {
  const home = `/numbers?q=${encodeURIComponent(number.label)}`;
  const row = page.getByRole("row", { name: number.label });
  await page.goto(home);
  await expect(row).toBeVisible();
  await outage.begin();
  const others = "/runtimes /simulator /audit /people /tokens /settings /sign-in /".split(" ");
  for (const path of [`/numbers/${number.phoneNumberId}`, ...others, home]) {
    const askedAt = performance.now();
    const answer = await page.goto(path);
    expect(performance.now() - askedAt, path).toBeLessThan(MAX_MS);
    expect(answer?.status(), path).toBe(503);
    expect(answer?.headers()["content-security-policy"]).not.toContain("unsafe");
    await expect(title(page)).toBeVisible();
  }
  await expect(page.getByRole("main")).toContainText("Nothing can be shown or changed");
  await expect(page.getByRole("main")).toContainText("Runtimes go on with the flags as last known");
  await expect(page.getByRole("main")).toContainText("tell whoever operates the console");
  await outage.end();
  await expect(row).toBeVisible();
  await expect(page).toHaveURL(home);
});

test("the outage page is accessible, in the chosen theme", async ({ page, outage }) => {
  await page.goto("/runtimes");
  await openPersonMenu(page);
  await page.getByRole("combobox", { name: "Theme" }).selectOption("dark");
  await outage.begin();
  const background = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.reload();
  await expect(title(page)).toBeVisible();
  expect(await background()).toBe("rgb(18, 19, 22)");
  await expectNoViolations(page);
  await page.evaluate(() => localStorage.removeItem("theme"));
  await page.reload();
  expect(await background()).toBe("rgb(255, 255, 255)");
  await expectNoViolations(page);
  await page.setViewportSize({ width: 320, height: 480 });
  await expectNoSidewaysScroll(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Try again now" })).toBeFocused();
  await outage.end();
  await expect(page).toHaveTitle("Runtimes · BSUID Console");
});

test("meanwhile runtimes are served, with the age of the flags", async ({ outage }) => {
  const { url, tokens } = outage;
  const askForFlags = () => fetch(`${url}/api/v1/flags`, { headers: bearer(tokens.runtime) });
  expect((await askForFlags()).headers.get("age")).toBeNull();
  await outage.begin();
  const flags = await askForFlags();
  expect([flags.status, (await flags.json()).kind]).toEqual([200, "snapshot"]);
  expect(flags.headers.get("age")).toMatch(/^\d+$/);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const askedAt = performance.now();
  const managed = await fetch(`${url}/api/v1/numbers`, { headers: bearer(tokens.support) });
  expect([managed.status, (await managed.json()).code]).toEqual([503, "UNAVAILABLE"]);
  expect(performance.now() - askedAt).toBeLessThan(MAX_MS);
  await outage.end();
});

test("following a link keeps the current page, says why, and works afterwards", async ({
  page,
  outage: { number, ...outage },
}) => {
  await page.goto("/numbers");
  await expect(page.getByRole("row", { name: number.label })).toBeVisible();
  await outage.begin();
  await page.getByRole("link", { name: "Runtimes" }).click();
  const message = page.getByText("The console cannot be reached");
  await expect(message).toBeVisible({ timeout: MAX_MS });
  await expect(page).toHaveURL("/numbers");
  await expect(page.getByRole("row", { name: number.label })).toBeVisible();
  await outage.end();
  await page.getByRole("link", { name: "Runtimes" }).click();
  await expect(page).toHaveTitle("Runtimes · BSUID Console");
  await expect(message).toBeHidden();
});

test("a flip from an open dialog fails with a message, keeps what was typed, and works afterwards", async ({
  page,
  outage: { number, ...outage },
}) => {
  const typed = {
    Reason: "Typed while all was well",
    "Ticket link": "https://tickets.example.com/4",
  };
  await page.goto("/numbers");
  await page.getByRole("switch", { name: `BSUID acceptance of ${number.label}` }).click();
  const dialog = page.getByRole("dialog");
  for (const [name, text] of Object.entries(typed)) await dialog.getByLabel(name).fill(text);
  await outage.begin();
  const confirm = dialog.getByRole("button", { name: /^Turn on/ });
  await confirm.click();
  const words = "The database did not answer in time. What you typed stays here";
  await expect(dialog.getByRole("alert")).toContainText(words, { timeout: MAX_MS });
  await returnToPage(page);
  await expect(page.getByText("What you see may be out of date")).toBeVisible();
  for (const [name, text] of Object.entries(typed)) {
    await expect(dialog.getByLabel(name)).toHaveValue(text);
  }
  await outage.end();
  await confirm.click();
  await expect(page.getByText(`${number.label} is now accepting`)).toBeVisible();
  const history = `${outage.url}/api/v1/numbers/${number.phoneNumberId}/history`;
  const answer = await fetch(history, { headers: bearer(outage.tokens.support) });
  expect((await answer.json()).items).toMatchObject([
    { action: "flag.enabled", reason: typed.Reason, ticketUrl: typed["Ticket link"] },
  ]);
});

/** Opens the dialog and fills it in, without sending it. */
async function openTokenDialog(page: Page, { credentials }: Outage, name: string) {
  await page.goto("/tokens");
  await page.getByRole("button", { name: "Create a token for yourself" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Your password").fill(credentials.password);
  return { dialog, confirm: dialog.getByRole("button", { name: "Create token" }) };
}

test("another action from an open dialog fails with a message, and keeps what was typed", async ({
  page,
  outage,
}) => {
  const { dialog, confirm } = await openTokenDialog(page, outage, "My scripts");
  await outage.begin();
  await confirm.click();
  const words = "The database did not answer in time. What you typed stays here";
  await expect(dialog.getByRole("alert")).toContainText(words, { timeout: MAX_MS });
  await expect(dialog.getByLabel("Name")).toHaveValue("My scripts");
  await outage.end();
  await confirm.click();
  await expect(dialog.getByLabel("Token My scripts")).toBeVisible();
});

test("while a migration holds a table, an action is 503 with its own text, and works afterwards", async ({
  page,
  outage,
}) => {
  const { dialog, confirm } = await openTokenDialog(page, outage, "Made in the end");
  await outage.hold("token, session, ledger", async () => {
    const askedAt = performance.now();
    const answering = page.waitForResponse((response) => response.request().method() === "POST");
    await confirm.click();
    const answer = await answering;
    expect(performance.now() - askedAt).toBeLessThan(MAX_MS);
    expect([answer.status(), answer.headers()["retry-after"]]).toEqual([503, "5"]);
    const words = "The database did not answer in time. What you typed stays here";
    await expect(dialog.getByRole("alert")).toContainText(words);
    await expect(dialog.getByLabel("Name")).toHaveValue("Made in the end");
  });
  await confirm.click();
  await expect(dialog.getByLabel("Token Made in the end")).toBeVisible();
});

test("a person who returns from the sign-in provider while a table is locked is signed in once it is free", async ({
  page,
  outage,
}) => {
  await page.context().clearCookies();
  await page.goto("/runtimes");
  await page.getByRole("button", { name: "Continue with single sign-on" }).click();
  const claims = { email: "nia@staff.test", email_verified: true, name: "Nia", role: "auditor" };
  await page.getByLabel("Account").fill(JSON.stringify({ sub: "nia", claims }));
  await outage.hold("session, person", async () => {
    const answering = page.waitForResponse(/callback.openid/);
    await page.getByRole("button", { name: "Be this person" }).click();
    const answer = await answering;
    expect([answer.status(), answer.headers()["retry-after"]]).toEqual([503, "5"]);
    await expect(title(page)).toBeVisible();
  });
  await expect(page).toHaveURL("/runtimes");
  await expect(page.getByRole("navigation", { name: "Main" })).toContainText("Auditor");
});

test.describe("a page that fails for good", () => {
  // Scripts may also be blocked by a policy or never load: what shows without scripts shows then, too.
  const failed = (page: Page) =>
    page.getByRole("heading", { name: "This page could not be shown" });

  // A column that only the page Tokens reads.
  const rename = (from: string, to: string) => `ALTER TABLE token RENAME ${from} TO ${to}`;
  test.beforeEach(({ outage }) => outage.query(rename("last_used_user_agent", "gone")));
  test.afterEach(({ outage }) => outage.query(rename("gone", "last_used_user_agent")));

  test.describe("without scripts", () => {
    test.use({ javaScriptEnabled: false });

    test("says so, with the id that the log has", async ({ page, outage }) => {
      const answer = await page.goto("/tokens");
      expect(answer?.status()).toBe(500);
      expect(answer?.headers()["cache-control"]).toBe("no-store");
      const id = answer?.headers()["x-request-id"] ?? "";
      await expect(failed(page)).toBeVisible();
      await expect(page.getByRole("main")).toContainText(`the request id ${id}:`);
      expect(await answer?.text()).not.toMatch(/script|last_used|\.ts|node_modules/);
      const logged = outage
        .readOutput()
        .split("\n")
        .find((line) => line.includes(id) && line.includes('"cause"'));
      expect(JSON.parse(logged ?? "{}")).toMatchObject({
        asked: "GET /tokens",
        cause: expect.stringContaining("last_used_user_agent"),
      });
    });
  });

  test("is accessible, and its links work", async ({ page, outage }) => {
    await page.goto("/tokens");
    await page.setViewportSize({ width: 320, height: 480 });
    await expect(failed(page)).toBeVisible();
    await expectNoViolations(page);
    await expectNoSidewaysScroll(page);
    await page.getByRole("link", { name: "Go to the numbers" }).click();
    await expect(page.getByRole("row", { name: outage.number.label })).toBeVisible();
  });
});
