import type { Locator, Page } from "@playwright/test";
import { REASON_LENGTH } from "#lib/audit/reason-length.ts";
import { retireNumber } from "#lib/flags/retire-number.ts";
import { setFlag } from "#lib/flags/set-flag.ts";
import { aSystem } from "#testing/factories.ts";
import {
  aColleague,
  aNumber,
  test as base,
  catchAction,
  expect,
  openInList,
  readTrail,
  returnToPage,
  sendAs,
  type TestNumber,
} from "./fixtures.ts";

const REASON = "Their CRM keys on userId since Monday";

const test = base.extend<{
  /** A number for one test, in the list that a supporter has open. */
  number: TestNumber;
}>({
  number: async ({ page, loginAs }, use) => {
    const number = await aNumber();
    await loginAs("support");
    await openInList(page, number);
    await use(number);
  },
});

/** Opens the dialog of the only number in the list, and types a reason; returns the confirm button. */
async function startFlip(page: Page, reason = REASON): Promise<Locator> {
  await page.getByRole("switch").click();
  await page.getByLabel("Reason").fill(reason);
  return page.getByRole("button", { name: /^Turn on/ });
}

test("enabling shows the consequences, takes a reason, and can be undone", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  await aNumber({ sibling: number });
  await loginAs("support");
  await openInList(page, number);
  await page.getByRole("switch", { name: `BSUID acceptance of ${number.label}` }).click();

  const dialog = page.getByRole("dialog", { name: "Turn on BSUID acceptance?" });
  await expect(dialog).toContainText("becomes the BSUID instead of the phone");
  await expect(dialog).toContainText("cannot be recovered");
  await expect(dialog).toContainText("1 of 1 will differ");
  await dialog.getByLabel("Reason").fill(`  ${REASON}  `);
  await dialog.getByLabel("Ticket link").fill("https://tickets.example.com/4711");
  await dialog.getByRole("button", { name: `Turn on ${number.label}` }).click();

  await expect(page.getByText(`${number.label} is now accepting`)).toBeVisible();
  await expect(dialog).toBeHidden();
  const control = page.getByRole("switch");
  await expect(control).toBeChecked();
  await expect(control).toBeFocused();
  const [enabled] = await readTrail(number);
  expect(enabled).toMatchObject({
    action: "flag.enabled",
    before: { acceptsBsuid: false },
    after: { acceptsBsuid: true },
    reason: REASON,
    ticketUrl: "https://tickets.example.com/4711",
    channel: "ui",
    ip: "127.0.0.1",
    actor: { type: "person", email: "support@demo.test", role: "support" },
  });

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(`${number.label} is now phone-only`)).toBeVisible();
  await expect(control).not.toBeChecked();
  const trail = await readTrail(number);
  expect(trail.map(({ action }) => action)).toEqual(["flag.disabled", "flag.enabled"]);
  expect(trail[0]?.reason).toBe(`Undo: ${REASON}`);
});

test("when a number leaves the filtered list, the focus moves to the page", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  await loginAs("support");
  await openInList(page, number, "phone-only");
  const confirm = await startFlip(page);
  await page.getByLabel("Reason").press("Tab");
  await confirm.press("Enter");
  await expect(page.getByRole("heading", { name: "No number matches" })).toBeVisible();
  await expect(page.getByText("1 more match is outside these filters")).toBeVisible();
  await expect(page.getByRole("main")).toBeFocused();
});

test("disabling says which traffic will be lost, and the last reason can be reused", async ({
  page,
  number,
}) => {
  await page.getByRole("switch").click();
  await expect(page.getByRole("button", { name: "Use last reason" })).toBeHidden();
  await page.getByLabel("Reason").fill(REASON);
  await page.getByRole("button", { name: /^Turn on/ }).click();
  await expect(page.getByRole("switch")).toBeChecked();

  await page.getByRole("switch").click();
  const dialog = page.getByRole("dialog", { name: "Make this number phone-only?" });
  await expect(dialog).toContainText("go dark");
  await dialog.getByRole("button", { name: "Use last reason" }).click();
  await expect(dialog.getByLabel("Reason")).toHaveValue(REASON);
  await dialog.getByRole("button", { name: `Make ${number.label} phone-only` }).click();
  await expect(page.getByRole("switch")).not.toBeChecked();
});

test("a short reason and a ticket that is not a link are refused at their fields", async ({
  page,
  number,
}) => {
  await page.getByRole("switch").click();
  const confirm = page.getByRole("button", { name: /^Turn on/ });
  await page.getByLabel("Reason").fill("  ok  ");
  await confirm.click();
  await expect(page.getByText("Write at least 5 characters")).toBeVisible();
  await expect(page.getByLabel("Reason")).toBeFocused();
  await page.getByLabel("Reason").fill("x".repeat(REASON_LENGTH.max + 1));
  await expect(page.getByText("Shorten it to 500 characters")).toBeVisible();
  await page.getByLabel("Reason").fill(REASON);
  await page.getByLabel("Ticket link").fill("javascript:alert(1)");
  await confirm.click();
  await expect(page.getByText("not an https:// address")).toBeVisible();
  expect(await readTrail(number)).toEqual([]);
});

/** Keeps the page from hearing of changes, as behind a proxy that lets no stream through. */
async function stayUnaware(page: Page): Promise<void> {
  await page.route("**/live?*", (route) => route.abort());
}

test("a flip on a stale page says who changed what, and loses nothing typed", async ({
  page,
  browser,
  loginAs,
}) => {
  const number = await aNumber();
  const colleague = await aColleague("support");
  await stayUnaware(page);
  await loginAs("support");
  await openInList(page, number);
  const confirm = await startFlip(page);

  const other = await browser.newPage();
  await loginAs(colleague, other);
  await openInList(other, number);
  const confirmOther = await startFlip(other, "I was faster than you");
  await confirmOther.click();
  await expect(other.getByRole("switch")).toBeChecked();
  await other.close();

  await confirm.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(/Colleague \w+ changed it .*ago|now/);
  await expect(dialog).toContainText("Phone-only (v0)");
  await expect(dialog).toContainText("Accepting (v1)");
  await expect(dialog).toContainText("already as you wanted");
  await expect(dialog.getByLabel("Reason")).toHaveValue(REASON);
  expect(await readTrail(number)).toHaveLength(1);
});

test("after a stale refusal the flip can be confirmed on top of the other change", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  await stayUnaware(page);
  await loginAs("support");
  await openInList(page, number);
  const confirm = await startFlip(page);
  for (const acceptsBsuid of [true, false]) {
    const change = { phoneNumberId: number.phoneNumberId, acceptsBsuid };
    await setFlag(aSystem("flag:set"), { ...change, reason: "Meanwhile, elsewhere" });
  }
  await confirm.click();
  await expect(page.getByRole("dialog")).toContainText("The console changed it");
  await expect(page.getByRole("dialog")).toContainText("Decide again");
  await confirm.click();
  await expect(page.getByText(`${number.label} is now accepting`)).toBeVisible();
  expect(await readTrail(number)).toHaveLength(3);
});

test("others' changes appear by themselves, and leave the open dialog alone", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  const other = await aNumber({ sibling: number });
  await loginAs("support");
  await page.goto(`/numbers?account=${number.accountId}`);
  await page.getByRole("switch", { name: number.label }).click();
  await page.getByLabel("Reason").fill(REASON);
  const change = { phoneNumberId: other.phoneNumberId, acceptsBsuid: true };
  await setFlag(aSystem("flag:set"), { ...change, reason: "Meanwhile, elsewhere" });
  await returnToPage(page);
  await expect(page.locator("tr", { hasText: other.label })).toContainText("Accepting");
  await expect(page.getByLabel("Reason")).toHaveValue(REASON);
  await expect(page.getByLabel("Reason")).toBeFocused();
});

test("without an answer the dialog says so, and what was typed can be sent again", async ({
  page,
  context,
  number,
}) => {
  const confirm = await startFlip(page);
  await context.setOffline(true);
  await confirm.click();
  await expect(page.getByText("not certain whether this was saved")).toBeVisible();
  await returnToPage(page);
  await expect(page.getByText("The console cannot be reached")).toBeVisible();

  await context.setOffline(false);
  await expect(page.getByText("The console cannot be reached")).toBeHidden();
  await confirm.click();
  await expect(page.getByText(`${number.label} is now accepting`)).toBeVisible();
});

test("a number retired meanwhile stays phone-only, and the dialog says why", async ({
  page,
  number,
}) => {
  await page.getByRole("switch").click();
  await page.getByLabel("Reason").fill(REASON);
  const { phoneNumberId } = number;
  await retireNumber(aSystem("number:retire"), { phoneNumberId, reason: "The business left us" });
  await page.getByRole("button", { name: /^Turn on/ }).click();
  await expect(page.getByText("a retired number stays phone-only")).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  await returnToPage(page);
  await expect(page.getByRole("row", { name: number.label })).toContainText("Retired");
  await expect(page.getByRole("switch")).toBeHidden();
});

for (const role of ["auditor", "account_manager"] as const) {
  test(`the role ${role} sees the state but no switch, and cannot send the action either`, async ({
    page,
    browser,
    loginAs,
  }) => {
    const number = await aNumber();
    await loginAs(role);
    await openInList(page, number);
    await expect(page.getByRole("row", { name: number.label })).toContainText("Phone-only");
    await expect(page.getByRole("switch")).toBeHidden();

    // The request of a person who may, sent with this person's session.
    const allowed = await browser.newPage();
    await loginAs("support", allowed);
    await openInList(allowed, number);
    await allowed.getByRole("switch").click();
    await allowed.getByLabel("Reason").fill(REASON);
    const confirm = allowed.getByRole("button", { name: /^Turn on/ });
    const caught = await catchAction(allowed, () => confirm.click());
    await allowed.close();
    expect(await sendAs(page, caught)).toContain("FORBIDDEN");
    expect(await readTrail(number)).toEqual([]);
  });
}
