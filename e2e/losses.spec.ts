import { aCount, anHour } from "#testing/http/report.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import { addTraffic, aNumber, expect, test } from "./fixtures.ts";

/** Three numbers of an account: one loses much, one a little, one nothing. */
async function threeNumbers() {
  const much = await aNumber({ name: "Much" });
  const little = await aNumber({ name: "Little", sibling: much });
  const nothing = await aNumber({ name: "Nothing", sibling: much });
  const lost = (id: string, phoneLessDropped: number, hoursAgo: number) =>
    aCount(id, { phoneLessDropped, hour: anHour(hoursAgo) });
  await addTraffic([
    lost(much.phoneNumberId, 7, 2),
    lost(much.phoneNumberId, 30, 100),
    lost(little.phoneNumberId, 1, 50),
    aCount(nothing.phoneNumberId, { phoneAndBsuid: 12 }),
  ]);
  return { much, little, nothing };
}

test("the losses of numbers are on their rows, and sort and filter the list", async ({
  page,
  loginAs,
}) => {
  const { much, little, nothing } = await threeNumbers();
  await loginAs("account_manager");
  await page.goto(`/numbers?account=${much.accountId}`);
  await expect(page.getByRole("row", { name: much.label })).toContainText(/37 lost\s*7 in 24 h/);
  await expect(page.getByRole("row", { name: little.label })).toContainText(/1 lost\s*0 in 24 h/);
  await expect(page.getByRole("row", { name: nothing.label })).toContainText("Nothing lost");
  await expect(page.getByRole("img", { name: /0, 0, 30, 0, 0, 0, 7$/ })).toBeVisible();

  await page.getByRole("link", { name: "Lost in 7 days" }).click();
  await expect(page).toHaveURL(/sort=loss/);
  const names = () => page.locator("tbody th > a").allTextContents();
  await expect.poll(names).toEqual([much.label, little.label, nothing.label]);
  await page.getByLabel("State").selectOption("Losing customers");
  await expect.poll(names).toEqual([much.label, little.label]);
  await expect(page.getByText("2 numbers", { exact: true })).toBeVisible();
});

test("the dialog says what the number has been losing and accepting", async ({ page, loginAs }) => {
  const { much, nothing } = await threeNumbers();
  await loginAs("support");
  await page.goto(`/numbers?account=${much.accountId}`);
  await page.getByRole("switch", { name: much.label }).click();
  await expect(page.getByRole("dialog")).toContainText(
    "From phone-less customers in 7 days: 37 messages lost, 0 accepted.",
  );
  await page.getByRole("button", { name: "Cancel" }).click();

  const on = await aNumber({ accepts: true });
  await addTraffic([aCount(on.phoneNumberId, { phoneLessDropped: 60, phoneLessAccepted: 4 })]);
  await page.goto(`/numbers?q=${encodeURIComponent(on.label)}`);
  await page.getByRole("switch", { name: on.label }).click();
  await expect(page.getByRole("dialog")).toContainText(
    "60 messages lost, 4 accepted. After the change such messages are dropped.",
  );
  await page.getByRole("button", { name: "Cancel" }).click();

  await page.goto(`/numbers?account=${much.accountId}`);
  await page.getByRole("switch", { name: nothing.label }).click();
  await expect(page.getByRole("dialog")).toContainText("No phone-less customer wrote in 7 days");
});

test("the number's page has a chart of them, and a table", async ({ page, loginAs }) => {
  const { much, nothing } = await threeNumbers();
  await loginAs("auditor");
  await page.goto(`/numbers/${much.phoneNumberId}`);
  const traffic = page.getByRole("region", { name: "Phone-less customers" });
  await expect(traffic).toContainText("37 messages lost and 0 accepted in 30 days");
  await expect(traffic.getByRole("img", { name: /37 lost and 0 accepted/ })).toBeVisible();
  await traffic.getByText("Show as a table").click();
  await expect(traffic.getByRole("row")).toHaveCount(31);
  await expectNoViolations(page);
  await page.goto(`/numbers/${nothing.phoneNumberId}`);
  await expect(traffic).toContainText("0 messages lost and 0 accepted");
  await page.goto(`/numbers?account=${much.accountId}&sort=loss`);
  await expectNoViolations(page);
});
