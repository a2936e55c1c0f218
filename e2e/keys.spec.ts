import { expectNoViolations } from "./expect-no-violations.ts";
import { expect, type TestNumber, test } from "./fixtures.ts";
import { linkOf, openTwo, palette } from "./number-list.ts";

test("the keys move through the list, select, open the change and the number", async ({
  page,
  loginAs,
}) => {
  await loginAs("support");
  const [first, second] = await openTwo(page);
  const { keyboard } = page;
  await keyboard.press("j");
  await expect(linkOf(page, first)).toBeFocused();
  await keyboard.press("j");
  await expect(linkOf(page, second)).toBeFocused();
  await keyboard.press("ArrowUp");
  await expect(linkOf(page, first)).toBeFocused();
  await keyboard.press("k");
  await expect(linkOf(page, first)).toBeFocused();
  const box = (number: TestNumber) =>
    page.getByRole("checkbox", { name: `Select ${number.label}` });
  await keyboard.press("x");
  await expect(box(first)).toBeChecked();
  await keyboard.press("ArrowDown");
  await keyboard.press("Shift+X");
  await expect(box(second)).toBeChecked();
  await expect(page.getByRole("form", { name: "Selected numbers" })).toBeVisible();
  await keyboard.press("e");
  await expect(page.getByLabel("Reason")).toBeFocused();
  await keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByRole("switch", { name: second.label })).toBeFocused();
  await expect(box(first)).toBeChecked();
  await keyboard.press("Escape");
  await expect(box(first)).not.toBeChecked();
  await keyboard.press("k");
  await keyboard.press("Enter");
  await expect(page).toHaveURL(`/numbers/${first.phoneNumberId}`);
  await keyboard.press("g");
  await keyboard.press("r");
  await expect(page).toHaveURL("/requests");
});

test("the keys do nothing while somebody types, with a modifier, or above a dialog", async ({
  page,
  loginAs,
}) => {
  await loginAs("support");
  const [first] = await openTwo(page);
  const { keyboard } = page;
  await keyboard.press("/");
  const search = page.getByRole("textbox", { name: "Search" });
  await expect(search).toBeFocused();
  await keyboard.type("jkxe?/");
  await expect(search).toHaveValue("jkxe?/");
  await expect(page.getByRole("dialog")).toBeHidden();
  await search.fill("");
  await expect(linkOf(page, first)).toBeVisible();
  await linkOf(page, first).focus();
  for (const key of ["Alt+x", "Control+e", "Shift+E", "Meta+x"]) await keyboard.press(key);
  await linkOf(page, first).dispatchEvent("keydown", { key: "x", isComposing: true });
  await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(0);
  await keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keys" });
  await expect(sheet).toBeVisible();
  await keyboard.press("x");
  await keyboard.press("Control+k");
  await expect(palette(page)).toBeHidden();
  await expect(page.getByRole("checkbox", { name: /^Select/, checked: true })).toHaveCount(0);
  await keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(linkOf(page, first)).toBeFocused();
});

test("the keys are listed, and can be switched off", async ({ page, loginAs }) => {
  await loginAs("support");
  const [first] = await openTwo(page);
  const { keyboard } = page;
  await keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keys" });
  await expect(sheet.getByRole("term")).toContainText(["Jump to anything", "Peek", "Change"]);
  await expectNoViolations(page);
  await sheet.getByLabel("Single keys work").uncheck();
  await keyboard.press("Escape");
  await keyboard.press("j");
  await keyboard.press("?");
  await page.reload();
  await keyboard.press("j");
  await expect(linkOf(page, first)).not.toBeFocused();
  await keyboard.press("Control+k");
  await expect(palette(page)).toBeFocused();
  await page.getByRole("button", { name: "All keys" }).click();
  await sheet.getByLabel("Single keys work").check();
  await keyboard.press("Escape");
  await keyboard.press("j");
  await expect(linkOf(page, first)).toBeFocused();
});

test("the keys of a change are not there for who may only ask", async ({ page, loginAs }) => {
  await loginAs("account_manager");
  const [first] = await openTwo(page);
  await page.keyboard.press("j");
  await expect(linkOf(page, first)).toBeFocused();
  await page.keyboard.press("e");
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keys" });
  await expect(sheet).toBeVisible();
  await expect(sheet.getByText("Change", { exact: true })).toBeHidden();
  await expect(sheet.getByText("Audit")).toBeHidden();
  await expect(sheet.getByText("Select", { exact: true })).toBeVisible();
});
