import { aColleague, aNumber, expect, test } from "./fixtures.ts";

test("signing in, searching, flipping, undoing and signing out work with the keyboard alone", async ({
  page,
}) => {
  const { email, password } = await aColleague("support");
  const number = await aNumber();
  const { keyboard } = page;
  await page.goto("/sign-in");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await keyboard.type(email);
  await keyboard.press("Tab");
  await keyboard.type(password);
  await keyboard.press("Enter");
  await expect(page).toHaveURL("/numbers");

  await keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeInViewport();
  await keyboard.press("Enter");
  // Past the other page and the three figures.
  const search = page.getByLabel("Search");
  for (let presses = 0; presses < 6; presses++) {
    if (await search.evaluate((element) => element === document.activeElement)) break;
    await keyboard.press("Tab");
  }
  await expect(search).toBeFocused();
  await keyboard.type(number.label);
  await keyboard.press("Enter");
  await expect(page.getByRole("row", { name: number.label })).toBeVisible();

  const control = page.getByRole("switch");
  while (!(await control.evaluate((element) => element === document.activeElement))) {
    await keyboard.press("Tab");
  }
  await keyboard.press("Space");
  await expect(page.getByLabel("Reason")).toBeFocused();
  await keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(control).toBeFocused();

  await keyboard.press("Enter");
  await expect(page.getByLabel("Reason")).toBeFocused();
  await keyboard.type("Enabled without touching the mouse");
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Cancel" })).toBeFocused();
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect(control).toBeChecked();
  await expect(control).toBeFocused();

  // Past the row's copy button.
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Undo" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(control).not.toBeChecked();
  await expect(control).toBeFocused();
});
