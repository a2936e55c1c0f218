import { aNumber, expect, test } from "./fixtures.ts";

const REASON = "Their CRM keys on userId since Monday";

test("several numbers are selected, reviewed, turned on together, and taken back together", async ({
  page,
  loginAs,
}) => {
  const first = await aNumber();
  const second = await aNumber({ sibling: first });
  const third = await aNumber({ sibling: first });
  await loginAs("support");
  await page.goto(`/numbers?${new URLSearchParams({ q: first.accountName })}`);
  for (const { label } of [first, second, third]) {
    await page.getByRole("checkbox", { name: `Select ${label}` }).check();
  }
  await page.getByRole("button", { name: "Turn on…" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Turn on BSUID acceptance for 3 numbers",
  );
  await page.getByRole("checkbox", { name: `Select ${third.label}` }).check();
  await page.getByRole("button", { name: "Leave out the selected" }).click();
  await expect(page.getByRole("row", { name: third.label })).toContainText("left out");
  await expect(page.getByText("1 other number of")).toBeVisible();

  await page.getByRole("button", { name: "Turn on 2 numbers" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(REASON);
  await dialog.getByRole("button", { name: "Turn on 2 numbers" }).click();
  await expect(page.getByText("Selected and confirmed by")).toBeVisible();
  await expect(page.getByText("it changed after it was selected")).toBeHidden();
  await page.getByRole("link", { name: "See the change" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("2 numbers turned on");
  await expect(page.getByText(REASON)).toBeVisible();
  await page.getByRole("button", { name: "Undo 2 numbers" }).click();
  await dialog.getByLabel("Reason").fill("It was the wrong account");
  await dialog.getByRole("button", { name: "Undo 2 numbers" }).click();
  await expect(page.getByText("2 numbers undone")).toBeVisible();
  await expect(page.getByRole("link", { name: "See the change" })).toHaveAttribute(
    "href",
    /^\/batches\/[0-9a-f-]{36}$/,
  );
  await expect(page.getByText("There is nothing left to undo")).toBeVisible();
});

test("the bar of selected numbers widens to all that match and to an account's, and Escape clears it", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  await aNumber({ sibling: number });
  await loginAs("support");
  await page.goto(`/numbers?${new URLSearchParams({ q: number.label })}`);
  const bar = page.getByRole("form", { name: "Selected numbers" });
  await expect(page.getByRole("row", { name: number.label })).toBeVisible();
  await expect(bar).toBeHidden();
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(bar.getByText("1 selected")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(bar).toBeHidden();
  await expect(page.getByRole("checkbox", { name: `Select ${number.label}` })).not.toBeChecked();

  await page.getByRole("checkbox", { name: `Select ${number.label}` }).check();
  await bar.getByRole("button", { name: "Select all 1 that match" }).click();
  await bar.getByRole("button", { name: "Make phone-only…" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Make 1 number phone-only");
  await expect(page.getByText("There is nothing to change in this selection.")).toBeVisible();

  await page.goto(`/numbers?${new URLSearchParams({ q: number.label })}`);
  await page.getByRole("checkbox", { name: `Select ${number.label}` }).check();
  await bar.getByRole("button", { name: `Select all of ${number.accountName}` }).click();
  await bar.getByRole("button", { name: "Turn on…" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Turn on BSUID acceptance for 2 numbers",
  );
});

test("Shift ticks a range, another filter clears it, and the ticked are asked for or scheduled", async ({
  page,
  loginAs,
}) => {
  const first = await aNumber();
  await aNumber({ sibling: first });
  await aNumber({ sibling: first });
  await loginAs("support");
  const filtered = `/numbers?${new URLSearchParams({ q: first.accountName })}`;
  await page.goto(filtered);
  const boxes = page.locator("tbody").getByRole("checkbox");
  await expect(boxes).toHaveCount(3);
  await boxes.first().click();
  await boxes.last().click({ modifiers: ["Shift"] });
  const bar = page.getByRole("form", { name: "Selected numbers" });
  await expect(bar.getByText("3 selected")).toBeVisible();
  await page.getByLabel("Changed").selectOption("In 24 hours");
  await expect(page.getByRole("heading", { name: "No number matches" })).toBeVisible();
  await page.getByLabel("Changed").selectOption("Any time");
  await expect(boxes).toHaveCount(3);
  await expect(bar).toBeHidden();

  await boxes.first().click();
  await boxes.last().click();
  await bar.getByRole("button", { name: "Request…" }).click();
  await expect(page).toHaveURL(/\/requests\/new\?number=\d+/);
  await page.goto(filtered);
  await boxes.first().click();
  await bar.getByRole("button", { name: "Schedule…" }).click();
  await expect(page).toHaveURL(/\/schedule\?q=\d+/);
});

for (const address of [
  "/numbers?state=acepting",
  "/numbers?state=accepting&state=all",
  "/requests?state=opened",
  "/accounts?scope=ours",
  "/people?role=boss",
  "/tokens?state=old",
]) {
  test(`a filter that cannot be read lists nothing: ${address}`, async ({ page, loginAs }) => {
    await loginAs("admin");
    await page.goto(address);
    await expect(page.getByRole("heading", { name: "This link is incomplete" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Turn on all…" })).toBeHidden();
    await expect(page.getByRole("table")).toBeHidden();
  });
}
