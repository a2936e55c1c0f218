import { db } from "#lib/db/client.ts";
import { aNumber, expect, readTrail, test } from "./fixtures.ts";

const LONG_MS = 15_000;
const REASON = "The campaign begins then";

/** As the page writes it. */
const toText = (localTime: string) =>
  new Intl.DateTimeFormat("en", {
    timeZone: "UTC",
    dateStyle: "medium",
    timeStyle: "short",
  }).format(new Date(`${localTime}Z`));

/** What a clock in UTC shows so many milliseconds from now, to the second. */
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString().slice(0, 19);

test("support schedules a number on until a time, and sees both halves carried out", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  await loginAs("support");
  await page.goto(`/schedule?q=${number.phoneNumberId}`);
  await page.getByRole("button", { name: "Schedule a change" }).click();
  await expect(page.getByLabel("Numbers")).toHaveValue(number.phoneNumberId);
  await page.getByRole("button", { name: "Schedule", exact: true }).click();
  await expect(page.getByText("Give the date and time.")).toBeVisible();
  await page.getByLabel("Time zone").fill("UTC");
  await page.getByLabel("Reason").fill(REASON);
  await page.getByLabel("Date and time").fill(inMs(3_000));
  await page.getByLabel("Until").fill(inMs(5_000));
  await page.getByRole("button", { name: "Schedule", exact: true }).click();
  await expect(page.getByText("Scheduled.", { exact: true })).toBeVisible();

  const actions = async () => (await readTrail(number)).map(({ action }) => action).sort();
  await expect.poll(actions, { timeout: LONG_MS }).toEqual(["flag.disabled", "flag.enabled"]);
  await page.goto(`/schedule?q=${number.phoneNumberId}&state=done`);
  await expect(page.getByRole("heading", { name: "Carried out" })).toBeVisible();
  await expect(page.getByRole("link", { name: number.label })).toHaveCount(2);
  await page.getByRole("link", { name: `Turn on ${number.label}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(number.label);
  await expect(page.getByText("Done", { exact: true })).toBeVisible();
  await expect(page.locator("dl").getByRole("link", { name: number.label })).toBeVisible();
});

test("a schedule is moved and cancelled, and a time that does not exist is explained", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber({ displayPhoneNumber: "+5511976543001" });
  await loginAs("support");
  await page.goto(`/schedule?q=${number.phoneNumberId}`);
  await page.getByRole("button", { name: "Schedule a change" }).click();
  await page.getByLabel("Numbers").fill("The one we spoke of: (11) 97654-3001");
  await page.getByLabel("Reason").fill(REASON);
  await page.getByLabel("Time zone").fill("Europe/Madrid");
  await page.getByLabel("Date and time").fill("2027-03-28T02:30:00");
  await page.getByRole("button", { name: "Schedule", exact: true }).click();
  await expect(page.getByText("The nearest times are")).toBeVisible();
  await page.getByLabel("Time zone").fill("UTC");
  await page.getByLabel("Date and time").fill(inMs(3_600_000));
  await page.getByRole("button", { name: "Schedule", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Upcoming" })).toBeVisible();

  await page.getByRole("button", { name: `Move: Turn on ${number.label}` }).click();
  const later = inMs(7_200_000);
  await page.getByLabel("Date and time").fill(later);
  await page.getByLabel("Reason").fill(REASON);
  await page.getByRole("button", { name: "Move", exact: true }).click();
  await expect(page.getByText("Moved.", { exact: true })).toBeVisible();
  await expect(page.getByText(`${toText(later)} in UTC`)).toBeVisible();

  await page.getByRole("button", { name: `Cancel: Turn on ${number.label}` }).click();
  await page.getByLabel("Reason").fill(REASON);
  await page.getByRole("button", { name: "Cancel the schedule" }).click();
  await expect(page.getByText("Nothing is scheduled here")).toBeVisible();
  const { phoneNumberId } = number;
  const rows = await db().schedule.findMany({ where: { items: { some: { phoneNumberId } } } });
  expect(rows).toMatchObject([{ state: "cancelled" }]);
});
