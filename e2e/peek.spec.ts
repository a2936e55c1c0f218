import type { Page } from "@playwright/test";
import { aCount } from "#testing/http/report.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import { addTraffic, expect, test } from "./fixtures.ts";
import { linkOf, openTwo } from "./number-list.ts";

const peek = (page: Page) => page.getByRole("region", { name: "Peek" });

test("the peek shows the row that has the focus, beside the list, until Space or Escape", async ({
  page,
  loginAs,
}) => {
  await loginAs("support");
  const [first, second] = await openTwo(page);
  const { keyboard } = page;
  await keyboard.press("j");
  await keyboard.press("Space");
  await expect(peek(page)).toContainText(first.label);
  await expect(peek(page)).toContainText("Never changed");
  await expect(peek(page)).toContainText("0 of 2 numbers");
  await expect(linkOf(page, first).first()).toBeFocused();
  await keyboard.press("j");
  await expect(peek(page).getByRole("heading", { level: 2 })).toHaveText(second.label);
  await expectNoViolations(page);
  await keyboard.press("x");
  await keyboard.press("Escape");
  await expect(peek(page)).toBeHidden();
  await expect(page.getByRole("checkbox", { name: `Select ${second.label}` })).toBeChecked();
  await keyboard.press("Space");
  await expect(peek(page)).toBeVisible();
  await page.getByRole("button", { name: "Close the peek" }).focus();
  await keyboard.press("Enter");
  await expect(peek(page)).toBeHidden();
  await expect(linkOf(page, second)).toBeFocused();
  await keyboard.press("Space");
  await expect(peek(page)).toBeVisible();
  await keyboard.press("Space");
  await expect(peek(page)).toBeHidden();
});

test("the peek says why the number is as it is, what it lost, and follows a change", async ({
  page,
  loginAs,
}) => {
  await loginAs("support");
  const [first] = await openTwo(page);
  await addTraffic([aCount(first.phoneNumberId, { phoneLessDropped: 19 })]);
  const { keyboard } = page;
  await keyboard.press("j");
  await keyboard.press("Space");
  await expect(peek(page)).toContainText("19 lost in 7 days");
  await keyboard.press("e");
  await page.getByLabel("Reason").fill("Billing reads the BSUID");
  await page.getByRole("button", { name: /^Turn on/ }).click();
  await expect(peek(page)).toContainText("“Billing reads the BSUID”");
  await expect(peek(page)).toContainText("Mixed");
  await expect(peek(page)).toContainText("1 of 2 numbers");
  await page.goto(`/numbers/${first.phoneNumberId}`);
  await expect(peek(page)).toBeHidden();
});

test("the peek is not there on a narrow screen", async ({ page, loginAs }) => {
  await page.setViewportSize({ width: 700, height: 800 });
  await loginAs("support");
  await openTwo(page);
  await page.keyboard.press("j");
  await page.keyboard.press("Space");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await expect(peek(page)).toBeHidden();
});

test("the peek of what is no number is not found", async ({ page, loginAs }) => {
  await loginAs("account_manager");
  for (const id of ["999", "abc", "%00"]) {
    expect((await page.request.get(`/numbers/${id}/peek`)).status(), id).toBe(404);
  }
});
