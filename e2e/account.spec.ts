import type { Page } from "@playwright/test";
import { resetPassword } from "#lib/sign-in/reset-password.ts";
import { aSystem } from "#testing/factories.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import {
  aColleague,
  catchAction,
  expect,
  expectNoSidewaysScroll,
  openPersonMenu,
  readEventsOf,
  sendAs,
  test,
} from "./fixtures.ts";

const NEW = "four words of my own";

async function typePasswords(page: Page, current: string, wanted: string, again = wanted) {
  await page.getByLabel("Current password").fill(current);
  await page.getByLabel("New password", { exact: true }).fill(wanted);
  await page.getByLabel("New password again").fill(again);
}

test("changing a password ends other sessions and the old password, but not this session", async ({
  page,
  browser,
  loginAs,
}) => {
  const colleague = await aColleague("account_manager");
  const { id, password } = colleague;
  const elsewhere = await browser.newPage();
  await loginAs(colleague, elsewhere);
  await loginAs(colleague);
  await page.goto("/numbers");
  await openPersonMenu(page);
  await page.getByRole("link", { name: "Your account" }).click();
  await expect(page).toHaveURL("/account");
  const open = page.getByRole("button", { name: "Change password" });
  await open.click();
  const dialog = page.getByRole("dialog", { name: "Change password" });
  const confirm = dialog.getByRole("button", { name: "Change password" });
  await typePasswords(page, "", "short", "shorter");
  await confirm.click();
  await expect(dialog.getByLabel("Current password")).toBeFocused();
  for (const words of ["you signed in with", "Use at least 12 characters", "passwords differ"]) {
    await expect(dialog).toContainText(words);
  }
  await typePasswords(page, "not the right one", NEW);
  await confirm.click();
  await expect(dialog.getByRole("alert")).toContainText(
    "The current password is not the right one",
  );
  await typePasswords(page, password, NEW);
  await confirm.click();
  await expect(page.getByText("Your password was changed")).toBeVisible();
  await expect(open).toBeFocused();

  await page.reload();
  await expect(page).toHaveURL("/account");
  await elsewhere.goto("/numbers");
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await loginAs({ ...colleague, password: NEW }, elsewhere);
  await elsewhere.close();
  const events = await readEventsOf(id);
  expect(events.filter(({ action }) => action === "person.password_changed")).toMatchObject([
    { outcome: "failed", actor: { id }, after: { why: "wrong password" } },
    { outcome: "success", actor: { id }, before: null, after: null, channel: "ui" },
  ]);
  for (const secret of [password, NEW]) expect(JSON.stringify(events)).not.toContain(secret);
});

test("a person with a password from an admin can do nothing before choosing their own", async ({
  page,
  browser,
  loginAs,
}) => {
  const { id, email } = await aColleague("auditor");
  const reason = "They forgot the old one";
  const { password } = await resetPassword(aSystem("person:manage"), { personId: id, reason });
  const elsewhere = await browser.newPage();
  await loginAs({ email, password }, elsewhere);
  await loginAs({ email, password });
  await page.goto("/numbers?q=acme");
  await expect(page).toHaveURL("/choose-password?next=%2Fnumbers%3Fq%3Dacme");
  const [wanted, again] = [page.getByLabel("New password", { exact: true }), "New password again"];
  const confirm = page.getByRole("button", { name: "Save password" });
  await expect(wanted).toBeFocused();
  await wanted.fill("short");
  await confirm.click();
  await expect(page.getByText("Use at least 12 characters")).toBeVisible();
  await expect(page.getByText("The two passwords differ")).toBeVisible();
  await expectNoViolations(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await wanted.fill(password);
  await page.getByLabel(again).fill(password);
  await confirm.click();
  await expect(page.getByText("This is the password that an admin made")).toBeVisible();
  await wanted.fill(NEW);
  await page.getByLabel(again).fill(NEW);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/numbers?q=acme");

  await elsewhere.goto("/numbers");
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await loginAs({ email, password: NEW }, elsewhere);
  await elsewhere.goto("/account");
  await expect(elsewhere).toHaveURL("/account");
  await elsewhere.close();
  expect((await readEventsOf(id)).at(-1)).toMatchObject({
    action: "person.password_changed",
    actor: { id },
    before: { isPasswordTemporary: true },
    after: { isPasswordTemporary: false },
  });
});

test("a person who does not want to choose a password now can sign out", async ({
  page,
  loginAs,
}) => {
  const { id, email } = await aColleague("support");
  const reason = "They forgot the old one";
  const { password } = await resetPassword(aSystem("person:manage"), { personId: id, reason });
  await loginAs({ email, password });
  await page.goto("/");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/sign-in");
});

test("guessing the current password leads to a wait, and the page says how long", async ({
  page,
  loginAs,
}) => {
  const colleague = await aColleague("support");
  await loginAs(colleague);
  await page.goto("/account");
  await page.getByRole("button", { name: "Change password" }).click();
  const dialog = page.getByRole("dialog");
  for (let n = 0; n < 6; n += 1) {
    await typePasswords(page, `guess number ${n}`, NEW);
    const answer = page.waitForResponse((response) => response.request().method() === "POST");
    await dialog.getByRole("button", { name: "Change password" }).click();
    await answer;
    await expect(dialog.getByRole("button", { name: "Saving…" })).toBeHidden();
  }
  await expect(dialog.getByRole("alert")).toContainText(/Try again in \d+ seconds/);
  await expect(dialog.getByLabel("New password again")).toHaveValue(NEW);
});

test("a person ends their own sessions one by one, then all of them", async ({
  page,
  browser,
  loginAs,
}) => {
  const colleague = await aColleague("auditor");
  const elsewhere = await browser.newPage();
  await loginAs(colleague, elsewhere);
  await loginAs(colleague);
  await page.goto("/account");
  const sessions = page.getByRole("region", { name: "Where you are signed in" });
  await expect(sessions.getByRole("listitem")).toHaveCount(2);
  await expect(sessions.getByText("This is the session you are using")).toHaveCount(1);
  const end = sessions.getByRole("button", { name: /^End session/ });
  await expect(end).toHaveCount(1);
  await end.click();
  await page.getByRole("button", { name: "End session", exact: true }).click();
  await expect(page.getByText("The session was ended")).toBeVisible();
  await expect(sessions.getByRole("listitem")).toHaveCount(1);
  await elsewhere.goto("/numbers");
  await expect(elsewhere).toHaveURL(/\/sign-in/);

  await loginAs(colleague, elsewhere);
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page).toHaveURL("/sign-in");
  await expect(page.getByText("your access changed")).toBeHidden();
  await elsewhere.goto("/numbers");
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await elsewhere.close();
  expect((await readEventsOf(colleague.id)).at(-1)).toMatchObject({
    action: "session.ended_everywhere",
    actor: { id: colleague.id },
    reason: null,
  });
});

test("the action for one's own sessions cannot end another person's", async ({
  page,
  browser,
  loginAs,
}) => {
  const victim = await aColleague("support");
  const theirs = await browser.newPage();
  await loginAs(victim, theirs);
  await loginAs(victim);
  await page.goto("/account");
  await page.getByRole("button", { name: /^End session/ }).click();
  const confirm = page.getByRole("button", { name: "End session", exact: true });
  const caught = await catchAction(page, () => confirm.click());
  for (const [role, code] of [
    ["support", "FORBIDDEN"],
    ["admin", "INVALID_INPUT"],
  ] as const) {
    const other = await browser.newPage();
    await loginAs(role, other);
    expect(await sendAs(other, caught)).toContain(code);
    await other.close();
  }
  await theirs.goto("/account");
  await expect(theirs).toHaveURL("/account");
  await theirs.close();
});

test("no dialog of the account page has an accessibility violation, and each fits 320 pixels", async ({
  page,
  browser,
  loginAs,
}) => {
  const colleague = await aColleague("support");
  const elsewhere = await browser.newPage();
  await loginAs(colleague, elsewhere);
  await elsewhere.close();
  await loginAs(colleague);
  await page.goto("/account");
  await page.setViewportSize({ width: 320, height: 640 });
  for (const name of [/^End session/, "Sign out everywhere", "Change password"]) {
    await page.getByRole("button", { name }).click();
    const dialog = page.getByRole("dialog");
    if (name === "Change password") {
      await dialog.getByRole("button", { name }).click();
      await expect(dialog.getByText("Use at least 12 characters")).toBeVisible();
    }
    await expectNoViolations(page);
    const sideways = await dialog.evaluate((box) => box.scrollWidth - box.clientWidth);
    expect(sideways).toBeLessThanOrEqual(0);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name })).toBeFocused();
  }
  await expectNoSidewaysScroll(page);
});
