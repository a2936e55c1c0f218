import { retireNumber } from "#lib/flags/retire-number.ts";
import { setFlag } from "#lib/flags/set-flag.ts";
import { importRoster } from "#lib/roster/import-roster.ts";
import { aSystem } from "#testing/factories.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import { aNumber, expect, readTrail, test } from "./fixtures.ts";

test("the page shows the number, its neighbours and who did what when", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber({ accepts: true });
  const neighbour = await aNumber({ sibling: number });
  await loginAs("auditor");
  await page.goto(`/numbers?q=${encodeURIComponent(number.label)}`);
  await page.getByRole("link", { name: number.label }).click();
  await expect(page).toHaveURL(`/numbers/${number.phoneNumberId}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(number.label);
  await expect(page).toHaveTitle(`${number.label} · BSUID Console`);
  await expect(page.getByRole("region", { name: "BSUID acceptance" })).toContainText("Accepting");
  await expect(page.getByRole("region", { name: "BSUID acceptance" })).toContainText(
    "Your role can view this, but not change it",
  );

  const neighbours = page.getByRole("region", { name: "Same account and portfolio" });
  await expect(neighbours).toContainText("Mixed: 1 of 2 accept");
  await expect(neighbours.getByRole("link", { name: neighbour.label })).toBeVisible();

  const entry = page.getByRole("region", { name: "History" }).getByRole("listitem").first();
  const [event] = await readTrail(number);
  await expect(entry.getByRole("heading")).toHaveText("The console turned on this number");
  await expect(entry.getByText("A test begins with it on")).toBeVisible();
  await expect(entry.getByText(event?.requestId ?? "no event")).toBeHidden();
  await entry.locator("summary").click();
  await expect(entry.getByText(event?.requestId ?? "no event")).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo this" })).toBeHidden();
});

test("the latest change can be undone from the history, as a change of its own", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber({ accepts: true });
  await loginAs("support");
  await page.goto(`/numbers/${number.phoneNumberId}`);
  await page.getByRole("button", { name: "Undo this" }).click();
  const dialog = page.getByRole("dialog", { name: "Make this number phone-only?" });
  await expect(dialog.getByLabel("Reason")).toHaveValue("Undo: A test begins with it on");
  await dialog.getByRole("button", { name: /phone-only$/ }).click();
  await expect(page.getByText("made this number phone-only")).toBeVisible();
  await expect(
    page
      .getByRole("region", { name: "History" })
      .getByRole("listitem")
      .filter({ hasText: /turned on this number|made this number phone-only/ }),
  ).toHaveCount(2);
  expect((await readTrail(number))[0]).toMatchObject({
    action: "flag.disabled",
    reason: "Undo: A test begins with it on",
  });
});

test("the history says what a roster import and a retirement changed, and who did it", async ({
  page,
  loginAs,
}) => {
  const entry = anEntry();
  const load = (value: unknown) => importRoster(aSystem("roster:write"), toSource([value]));
  await load(entry);
  await load({ ...entry, label: "Renamed by the roster" });
  const { phoneNumberId } = entry;
  await retireNumber(aSystem("number:retire"), { phoneNumberId, reason: "The business left us" });
  await loginAs("auditor");
  await page.goto(`/numbers/${phoneNumberId}`);
  const entries = page.getByRole("region", { name: "History" }).locator("ol > li");
  await expect(entries.nth(0)).toContainText("retired this number");
  await expect(entries.nth(0)).toContainText("The business left us");
  await expect(entries.nth(1)).toContainText("changed details of this number");
  await entries.nth(1).locator("summary").click();
  await expect(entries.nth(1).getByText(entry.label, { exact: true })).toBeVisible();
  await expect(entries.nth(1).getByText("Renamed by the roster")).toBeVisible();
  await expect(page.getByRole("region", { name: "BSUID acceptance" })).toContainText("Retired");
});

test("identifiers are copied with a button", async ({ page, context, loginAs }) => {
  const number = await aNumber();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await loginAs("auditor");
  await page.goto(`/numbers/${number.phoneNumberId}`);
  await page.getByText("Identifiers", { exact: true }).click();
  await page.getByRole("button", { name: "Copy phone_number_id" }).click();
  await expect(page.getByText("Copied")).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(number.phoneNumberId);
});

test("a long history has older pages", async ({ page, loginAs }) => {
  const number = await aNumber();
  for (let change = 1; change <= 21; change += 1) {
    const input = { phoneNumberId: number.phoneNumberId, acceptsBsuid: change % 2 === 1 };
    await setFlag(aSystem("flag:set"), { ...input, reason: `Change number ${change}` });
  }
  await loginAs("auditor");
  await page.goto(`/numbers/${number.phoneNumberId}`);
  await expect(page.getByText("Change number 21")).toBeVisible();
  await expect(page.getByText(/Change number 1$/)).toBeHidden();
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page.getByText(/Change number 1$/)).toBeVisible();
  await page.goBack();
  await expect(page.getByText("Change number 21")).toBeVisible();
});

for (const id of ["999999999999999", "not-an-id", "%00", "1".repeat(33)]) {
  test(`an unknown id shows a message: ${id.slice(0, 20)}`, async ({ page, loginAs }) => {
    await loginAs("auditor");
    const response = await page.goto(`/numbers/${id}`);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.getByRole("link", { name: "Go to all numbers" }).click();
    await expect(page).toHaveURL("/numbers");
  });
}
