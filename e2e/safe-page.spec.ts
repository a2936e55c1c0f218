import type { Locator, Page } from "@playwright/test";
import {
  aColleague,
  aNumber,
  expect,
  openInList,
  readTrail,
  returnToPage,
  signIn,
  signOut,
  test,
} from "./fixtures.ts";

const REASON = "Their CRM keys on userId since Monday";
const UNREACHABLE = "The console cannot be reached";

async function flip(page: Page): Promise<void> {
  await page.getByRole("switch").click();
  await page.getByLabel("Reason").fill(REASON);
  await page.getByRole("button", { name: /^Turn on/ }).click();
  await expect(page.getByText("is now accepting")).toBeVisible();
  await expect(page.getByRole("switch")).toBeChecked();
}

/** Whether a click in the middle or near an edge of the visible part would reach the control. */
async function isOnTop(control: Locator): Promise<boolean> {
  return await control.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const points = [
      [(left + right) / 2, (top + bottom) / 2],
      [left + 3, top + 3],
      [right - 3, top + 3],
      [left + 3, bottom - 3],
      [right - 3, bottom - 3],
    ] as const;
    return points.every(([x, y]) => element.contains(document.elementFromPoint(x, y)));
  });
}

for (const [width, height] of [
  [1440, 900],
  [1024, 720],
  [320, 720],
  [320, 480],
] as const) {
  test(`no message covers a dialog's buttons, which are in view at ${width} × ${height}`, async ({
    page,
    loginAs,
  }) => {
    await page.setViewportSize({ width, height });
    const number = await aNumber();
    await loginAs("support");
    await openInList(page, number);
    await flip(page);
    await page.getByRole("switch").click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expect(page.getByText("is now accepting")).toBeHidden();
    for (const name of [/phone-only$/, "Cancel"]) {
      const button = page.getByRole("dialog").getByRole("button", { name });
      await expect(button).toBeInViewport({ ratio: 1 });
      expect(await isOnTop(button)).toBe(true);
    }
  });
}

test("on a narrow screen nothing on a person's page overlaps", async ({ page, loginAs }) => {
  await page.setViewportSize({ width: 320, height: 720 });
  const { id } = await aColleague("support");
  await loginAs("admin");
  await page.goto(`/people/${id}`);
  for (const button of await page.getByRole("main").getByRole("button").all()) {
    await button.scrollIntoViewIfNeeded();
    expect(await isOnTop(button), (await button.textContent()) ?? "").toBe(true);
  }
  const overlaps = await page.getByRole("main").evaluate((main) => {
    const boxes = [...main.querySelectorAll("dt, dd > span, dd > button")].map((element) => ({
      text: element.textContent,
      ...element.getBoundingClientRect().toJSON(),
    }));
    return boxes.flatMap((one, at) =>
      boxes
        .slice(at + 1)
        .filter(
          (other) =>
            one.left < other.right - 1 &&
            other.left < one.right - 1 &&
            one.top < other.bottom - 1 &&
            other.top < one.bottom - 1 &&
            !one.text.includes(other.text),
        )
        .map((other) => `${one.text} / ${other.text}`),
    );
  });
  expect(overlaps).toEqual([]);
});

test("searching, filtering and following links while offline keeps the page", async ({
  page,
  context,
  loginAs,
}) => {
  const number = await aNumber();
  await loginAs("support");
  await openInList(page, number);
  const address = page.url();
  const row = page.getByRole("row", { name: number.label });
  await context.setOffline(true);

  await page.getByLabel("Search").fill("something else");
  await page.getByLabel("Search").press("Enter");
  await expect(page.getByText(UNREACHABLE)).toBeVisible();
  await page.getByLabel("State").selectOption("accepting");
  await page.getByRole("link", { name: "Runtimes" }).click();
  await row.getByRole("link").first().click();
  await page.getByRole("link", { name: "Clear" }).click();
  await page.waitForTimeout(500);
  await expect(row).toBeVisible();
  expect(page.url()).toBe(address);

  await context.setOffline(false);
  await expect(page.getByText(UNREACHABLE)).toBeHidden();
  await page.getByRole("link", { name: "Runtimes" }).click();
  await expect(page).toHaveURL(/\/runtimes$/);
});

test("a tab rendered for one person does nothing for another who signed in since", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  const other = await aColleague("admin");
  await loginAs("support");
  await openInList(page, number);
  await page.getByRole("switch").click();
  await page.getByLabel("Reason").fill(REASON);
  await signIn(page.context(), other);

  await page.getByRole("button", { name: /^Turn on/ }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText(
    "Someone else has signed in",
  );
  await expect(page.getByLabel("Reason")).toHaveValue(REASON);
  expect(await readTrail(number)).toEqual([]);

  await page.getByRole("button", { name: "Cancel" }).click();
  await returnToPage(page);
  await expect(page.getByText("This page no longer updates")).toBeVisible();
  await signOut(page);
  await expect(page.getByRole("button", { name: "Sign out" })).toBeEnabled();
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByRole("navigation", { name: "Main" })).toContainText(other.name);
});

test("a first visit neither turns into the page of the person who signed in since nor exports in their name", async ({
  page,
  loginAs,
}) => {
  await loginAs("auditor");
  await page.context().clearCookies({ name: "time-zone" });
  const signedIn = Promise.withResolvers<void>();
  await page.route("**/_next/static/**/*.js", async (route) => {
    await signedIn.promise;
    await route.continue();
  });
  await page.goto("/audit", { waitUntil: "commit" });
  await expect(page.getByRole("button", { name: "CSV" })).toBeVisible();
  await signIn(page.context(), await aColleague("admin"));
  // From here on the page's scripts run, and request it in the browser's time zone.
  signedIn.resolve();
  await expect(page.getByText("This page no longer updates")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" })).toContainText("Auditor");
  await page.getByRole("button", { name: "CSV" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The export failed" })).toBeVisible();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("signing in and signing out say that they need scripts", async ({ page, loginAs }) => {
    await page.goto("/sign-in");
    await expect(page.getByText("need JavaScript")).toBeVisible();
    await loginAs("support");
    await page.goto("/numbers");
    await expect(page.getByText("need JavaScript")).toBeVisible();
  });
});
