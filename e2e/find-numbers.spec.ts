import { aNumber, expect, slowDown, test, watchSearches } from "./fixtures.ts";

test.beforeEach(({ loginAs }) => loginAs("auditor"));

test("a number is found by each of its names", async ({ page }) => {
  const phone = "+5521912348765";
  const number = await aNumber({ displayPhoneNumber: phone });
  const spellings = [
    number.label,
    number.label.toUpperCase(),
    number.accountName,
    number.phoneNumberId,
    phone,
    "+55 (21) 91234-8765",
    "0055 21 912348765",
    "21 91234 8765",
  ];
  await page.goto("/numbers");
  for (const spelling of spellings) {
    await page.getByLabel("Search").fill(spelling);
    await page.getByLabel("Search").press("Enter");
    await expect(page.getByRole("row", { name: number.label })).toBeVisible();
    await expect(page.getByText("1 number", { exact: true })).toBeVisible();
  }
});

test("every number in a pasted e-mail is found, and unknown ones are listed", async ({ page }) => {
  const one = await aNumber({ displayPhoneNumber: "+442071838750" });
  const other = await aNumber({ isRetired: true });
  const mail = `Hi team,\n\nplease enable +44 (0)20 7183-8750 and ${other.phoneNumberId};\nalso +999 000 111 222.\n\nThanks!`;
  await page.goto("/numbers");
  await page.getByLabel("Search").fill(mail);
  await page.getByLabel("Search").press("Enter");
  await expect(page.getByRole("row", { name: one.label })).toBeVisible();
  await expect(page.getByText("1 number in the text was not found")).toBeVisible();
  await expect(page.getByText("+999 000 111 222", { exact: true })).toBeVisible();

  // The retired number is outside the filters, but is not left out silently.
  await page.getByRole("link", { name: "Show it too" }).click();
  await expect(page.getByRole("row", { name: other.label })).toContainText("Retired");
});

test("filters are in the address: they can be shared, and going back undoes them", async ({
  page,
}) => {
  const accepting = await aNumber({ accepts: true });
  const phoneOnly = await aNumber({ sibling: accepting });
  await page.goto("/numbers");
  await page.getByLabel("Account").selectOption({ label: accepting.accountName });
  await expect(page.getByText("2 numbers", { exact: true })).toBeVisible();
  await page.getByLabel("State").focus();
  await page.getByLabel("State").selectOption("Accepting");
  await expect(page.getByRole("row", { name: phoneOnly.label })).toBeHidden();
  await expect(page).toHaveURL(`/numbers?state=accepting&account=${accepting.accountId}`);
  await expect(page.getByLabel("State")).toBeFocused();

  await page.reload();
  await expect(page.getByLabel("State")).toHaveValue("accepting");
  await expect(page.getByRole("row", { name: accepting.label })).toBeVisible();

  await page.goBack();
  await expect(page.getByRole("row", { name: phoneOnly.label })).toBeVisible();
  await expect(page.getByLabel("State")).toHaveValue("in-service");
});

test("typing starts the search, and going back once leaves it", async ({ page }) => {
  const number = await aNumber();
  await page.goto("/numbers");
  await page.getByLabel("Search").pressSequentially(number.label, { delay: 60 });
  await expect(page.getByText("1 number", { exact: true })).toBeVisible();
  await expect(page.getByLabel("Search")).toBeFocused();
  await page.goBack();
  await expect(page).toHaveURL("/numbers");
  await expect(page.getByLabel("Search")).toHaveValue("");
});

test("pages follow each other without gap or repetition, there and back", async ({ page }) => {
  const idsOf = () =>
    page
      .locator("tbody tr")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-live-id") ?? ""));
  const one = await aNumber();
  await Promise.all(Array.from({ length: 54 }, () => aNumber({ sibling: one })));
  await page.goto(`/numbers?account=${one.accountId}&sort=changed`);
  const first = await idsOf();
  expect(first).toHaveLength(50);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(/after=/);
  await expect.poll(async () => (await idsOf())[0]).not.toBe(first[0]);
  expect(new Set([...first, ...(await idsOf())]).size).toBe(55);
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(page).toHaveURL(/before=/);
  await expect.poll(idsOf).toEqual(first);
});

test("an empty result says what to do, and a broken link starts over", async ({ page }) => {
  await page.goto("/numbers?q=no+such+number+anywhere");
  await expect(page.getByRole("heading", { name: "No number matches" })).toBeVisible();
  await page.getByRole("link", { name: "Show all numbers" }).click();
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await expect(page.getByLabel("Search")).toHaveValue("");

  await page.goto("/numbers?after=nonsense");
  await page.getByRole("link", { name: "Start from the first page" }).click();
  await expect(page.getByRole("row").nth(1)).toBeVisible();
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("the list is there and the search works", async ({ page }) => {
    const number = await aNumber();
    await page.goto("/numbers");
    await page.getByLabel("Search").fill(number.label);
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page.getByRole("row", { name: number.label })).toBeVisible();
  });
});

test("a link that is followed while the search is pending is not undone by it", async ({
  page,
}) => {
  const { label, phoneNumberId } = await aNumber();
  await page.goto(`/numbers?q=${encodeURIComponent(label.slice(0, -4))}`);
  const row = page.getByRole("row", { name: label });
  await expect(row).toBeVisible();
  await slowDown(page, new RegExp(`/numbers/${phoneNumberId}`));
  const searches = watchSearches(page);
  await page.getByLabel("Search").pressSequentially(label.slice(-4), { delay: 10 });
  await row.getByRole("link", { name: label }).click();
  await expect(page.getByRole("link", { name: "All numbers" })).toBeVisible();
  expect(searches).not.toContain(label);
  await expect(page).toHaveURL(`/numbers/${phoneNumberId}`);
});
