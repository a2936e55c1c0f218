import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { revokeToken } from "#lib/tokens/revoke-token.ts";
import { anOrigin, aSystem } from "#testing/factories.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import {
  aColleague,
  catchAction,
  expect,
  expectNoSidewaysScroll,
  findToken,
  readEventsOf,
  sendAs,
  test,
} from "./fixtures.ts";

const aName = () => `Runtime ${randomUUID().slice(0, 8)}`;

/** The status that the API answers to this token. */
async function ask(page: Page, secret: string): Promise<number> {
  const headers = { authorization: `Bearer ${secret}`, "user-agent": "a test's script/1.0" };
  return (await page.request.get("/api/v1/flags", { headers })).status();
}

/** Creates a program's token on the open page, and returns its secret. */
async function makeServiceToken(
  page: Page,
  name: string,
  { password }: { password: string },
): Promise<string> {
  await page.getByRole("button", { name: "Create a token for a program" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel(/^flags:read/).check();
  await dialog.getByLabel("Your password").fill(password);
  await dialog.getByRole("button", { name: "Create token" }).click();
  const secret = await dialog.getByLabel(`Token ${name}`).inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();
  return secret;
}

test("an admin creates a program's token: its secret is shown once, and works", async ({
  page,
  loginAs,
}) => {
  const name = aName();
  const admin = await aColleague("admin");
  await loginAs(admin);
  await page.goto("/numbers");
  await page.getByRole("link", { name: "Tokens" }).click();
  await expect(page).toHaveTitle("Tokens · BSUID Console");
  await page.getByRole("button", { name: "Create a token for a program" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(dialog.getByText("Choose at least one")).toBeVisible();
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel(/^flags:read/).check();
  await dialog.getByLabel(/^reports:write/).check();
  await expect(dialog.getByLabel("Expires after")).toHaveValue("90");
  await expect(dialog.getByText("Type your password.")).toBeVisible();
  await dialog.getByLabel("Your password").fill("not the password");
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(dialog.getByRole("alert")).toContainText(
    "The current password is not the right one",
  );
  await dialog.getByLabel("Your password").fill(admin.password);
  await dialog.getByRole("button", { name: "Create token" }).click();
  const secret = await dialog.getByLabel(`Token ${name}`).inputValue();
  expect(secret).toMatch(/^bsuid_svc_/);
  await page.keyboard.press("Escape");
  await expect(dialog.getByLabel(`Token ${name}`)).toHaveValue(secret);
  await dialog.getByRole("button", { name: "Done" }).click();

  const row = page.getByRole("row", { name });
  await expect(row).toContainText("flags:read reports:write");
  await expect(row).toContainText("Never used");
  await expect(page.locator("body")).not.toContainText(secret);
  expect(await ask(page, secret)).toBe(200);
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText("from 127.0.0.1", { timeout: 1_000 });
  }).toPass();
  await expect(row).toContainText("a test's script/1.0");
  const { id } = await findToken(name);
  const events = await readEventsOf(id);
  expect(events).toMatchObject([
    {
      action: "token.created",
      channel: "ui",
      after: { kind: "service", scopes: "flags:read reports:write" },
    },
  ]);
  expect(JSON.stringify(events)).not.toContain(secret);
});

test("the secret can be copied, and the page confirms it", async ({ page, context, loginAs }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const name = aName();
  const auditor = await aColleague("auditor");
  await loginAs(auditor);
  await page.goto("/tokens");
  await page.getByRole("button", { name: "Create a token for yourself" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Your password").fill(auditor.password);
  await dialog.getByRole("button", { name: "Create token" }).click();
  await dialog.getByRole("button", { name: "Copy" }).click();
  await expect(dialog.getByRole("status")).toHaveText("Copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await dialog.getByLabel(`Token ${name}`).inputValue());
});

test("a token is rotated: both work until the overlap is over", async ({ page, loginAs }) => {
  const name = aName();
  const admin = await aColleague("admin");
  await loginAs(admin);
  await page.goto("/tokens");
  const old = await makeServiceToken(page, name, admin);
  await page.getByRole("button", { name: `Rotate token ${name}` }).click();
  const dialog = page.getByRole("dialog", { name: `Rotate ${name}?` });
  await expect(dialog.getByLabel("Keep the old one working for")).toHaveValue("24");
  await dialog.getByLabel("Your password").fill(admin.password);
  await dialog.getByRole("button", { name: "Rotate token" }).click();
  const made = await dialog.getByLabel(`Token ${name}`).inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();
  expect(made).not.toBe(old);
  for (const secret of [old, made]) expect(await ask(page, secret)).toBe(200);

  const [fresh, ending] = [
    page.getByRole("row", { name: `${name} ${made.slice(0, 16)}` }),
    page.getByRole("row", { name: `${name} ${old.slice(0, 16)}` }),
  ];
  await expect(fresh).toContainText(`Replaces ${old.slice(0, 16)}`);
  await expect(ending).toContainText(`Replaced by ${made.slice(0, 16)}`);
  await expect(ending).toContainText(/in (23|24) hours|tomorrow/);
  await expect(ending.getByRole("button", { name: /^Rotate/ })).toBeHidden();
  const { id } = await findToken(name, old);
  expect((await readEventsOf(id)).at(-1)).toMatchObject({
    action: "token.rotated",
    before: { replacedBy: null },
    after: { replacedBy: made.slice(0, 16) },
  });
});

test("a revoked token is refused within a second, and stays visible among the ended tokens", async ({
  page,
  loginAs,
}) => {
  const name = aName();
  const admin = await aColleague("admin");
  await loginAs(admin);
  await page.goto("/tokens");
  const secret = await makeServiceToken(page, name, admin);
  expect(await ask(page, secret)).toBe(200);
  await page.getByRole("button", { name: `Revoke token ${name}` }).click();
  const dialog = page.getByRole("dialog", { name: `Revoke ${name}?` });
  await dialog.getByRole("button", { name: "Revoke token" }).click();
  await expect(dialog.getByText("Write at least 5 characters")).toBeVisible();
  await dialog.getByLabel("Reason").fill("It was in a chat log");
  await dialog.getByRole("button", { name: "Revoke token" }).click();
  await expect(page.getByText(`${name} was revoked`)).toBeVisible();
  await expect.poll(() => ask(page, secret), { timeout: 2_000 }).toBe(401);
  await expect(page.getByRole("row", { name })).toBeHidden();
  await expect(page.locator("#content")).toBeFocused();

  await page.getByLabel("State").selectOption("ended");
  await expect(page).toHaveURL("/tokens?state=ended");
  await expect(page.getByRole("row", { name })).toContainText("Revoked");
  await expect(page.getByRole("row", { name }).getByRole("button")).toHaveCount(0);
  const { id } = await findToken(name);
  // Using it afterwards is recorded, too.
  expect(await readEventsOf(id)).toContainEqual(
    expect.objectContaining({
      action: "token.revoked",
      before: { isRevoked: false },
      after: { isRevoked: true },
      reason: "It was in a chat log",
    }),
  );
});

test("revoking a token that was revoked meanwhile says so, and records nothing", async ({
  page,
  loginAs,
}) => {
  const name = aName();
  const admin = await aColleague("admin");
  await loginAs(admin);
  await page.goto("/tokens");
  await makeServiceToken(page, name, admin);
  await page.getByRole("button", { name: `Revoke token ${name}` }).click();
  await page.getByLabel("Reason").fill("It was in a chat log");
  const { id } = await findToken(name);
  const elsewhere = { tokenId: id, reason: "Meanwhile, elsewhere" };
  await revokeToken({ ...aSystem("token:manage"), origin: anOrigin() }, elsewhere);
  await page.getByRole("button", { name: "Revoke token" }).last().click();
  await expect(page.getByText(`${name} was already revoked. Nothing was changed.`)).toBeVisible();
  expect(await readEventsOf(id)).toHaveLength(2);
});

test("everybody can create personal tokens, and sees nobody else's", async ({ page, loginAs }) => {
  const name = aName();
  const colleague = await aColleague("account_manager");
  await loginAs(colleague);
  await page.goto("/tokens");
  await expect(page.getByText("0 tokens", { exact: true })).toBeVisible();
  await expect(page.getByText("There are no tokens yet")).toBeVisible();
  await expect(page.getByRole("button", { name: "Create a token for a program" })).toBeHidden();
  await page.getByRole("button", { name: "Create a token for yourself" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Your password").fill(colleague.password);
  await page.getByRole("button", { name: "Create token" }).click();
  const secret = await page.getByLabel(`Token ${name}`).inputValue();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row", { name })).toContainText("As you, Account manager");
  await expect(page.getByText("1 token", { exact: true })).toBeVisible();
  expect(secret).toMatch(/^bsuid_pat_/);
  expect(await ask(page, secret)).toBe(200);
});

test("an admin's request, sent by somebody else, creates nothing", async ({
  page,
  browser,
  loginAs,
}) => {
  const name = aName();
  const allowed = await browser.newPage();
  const admin = await aColleague("admin");
  await loginAs(admin, allowed);
  await allowed.goto("/tokens");
  await allowed.getByRole("button", { name: "Create a token for a program" }).click();
  await allowed.getByLabel("Name").fill(name);
  await allowed.getByLabel(/^audit:read/).check();
  await allowed.getByLabel("Your password").fill(admin.password);
  const confirm = allowed.getByRole("button", { name: "Create token" });
  const caught = await catchAction(allowed, () => confirm.click());
  await allowed.close();
  for (const role of ["support", "account_manager", "auditor"] as const) {
    await loginAs(role);
    expect(await sendAs(page, caught)).toContain("FORBIDDEN");
  }
  await expect(findToken(name)).rejects.toThrow();
});

test("no dialog has an accessibility violation, and each fits 320 pixels", async ({
  page,
  loginAs,
}) => {
  const name = aName();
  const admin = await aColleague("admin");
  await loginAs(admin);
  await page.goto("/tokens");
  await makeServiceToken(page, name, admin);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await expectNoViolations(page);
  for (const opener of [
    "Create a token for a program",
    `Rotate token ${name}`,
    `Revoke token ${name}`,
  ]) {
    await page.getByRole("button", { name: opener }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toBeVisible();
    await expectNoViolations(page);
    const sideways = await dialog.evaluate((box) => box.scrollWidth - box.clientWidth);
    expect(sideways).toBeLessThanOrEqual(0);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: opener })).toBeFocused();
  }
  await page.getByRole("button", { name: `Rotate token ${name}` }).click();
  await page.getByLabel("Your password").fill(admin.password);
  await page.getByRole("button", { name: "Rotate token" }).click();
  await expect(page.getByRole("alert")).toContainText("shown only once");
  await expectNoViolations(page);
});
