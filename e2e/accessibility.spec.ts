import { globSync } from "node:fs";
import type { Page } from "@playwright/test";
import { PAGES } from "#components/shell/pages.ts";
import { type Permission, ROLE_PERMISSIONS } from "#lib/access/permissions.ts";
import { db } from "#lib/db/client.ts";
import { toPersonActor } from "#lib/sessions/to-person-actor.ts";
import { aBatch, aSelection } from "#testing/batches.ts";
import { anEndpoint, anOrigin, aSchedule } from "#testing/factories.ts";
import { aForcedChange, aRequest } from "#testing/requests.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import {
  aColleague,
  aNumber,
  expect,
  expectNoSidewaysScroll,
  openPersonMenu,
  readEventsOf,
  test,
} from "./fixtures.ts";

type Role = keyof typeof ROLE_PERMISSIONS;

/** Set by the sweep of pages, which tries every page as this role at this width. */
const { SWEEP_ROLE, SWEEP_WIDTH } = process.env;
const HEIGHT = 640;

/** The detail pages, each with an address that has something to show. */
const PAGES_OF_ONE: Record<string, () => Promise<string>> = {
  "/numbers/[phoneNumberId]": async () => {
    const number = await aNumber({
      accepts: true,
      name: "AnUncommonlyLongNameWithoutAnySpaceInIt",
    });
    await aNumber({ sibling: number });
    return `/numbers/${number.phoneNumberId}`;
  },
  "/accounts/[accountId]": async () => {
    const number = await aNumber({ accepts: true });
    await aNumber({ sibling: number });
    return `/accounts/${number.accountId}`;
  },
  "/schedule/[scheduleId]": async () => {
    const { phoneNumberId } = await aNumber();
    const authorId = (await aColleague("support")).id;
    return `/schedule/${await aSchedule({ authorId, phoneNumberId })}`;
  },
  "/people/[personId]": async () => `/people/${(await aColleague("support")).id}`,
  "/requests/[requestId]": async () => {
    const { phoneNumberId } = await aNumber({ name: "AnUncommonlyLongNameWithoutAnySpaceInIt" });
    await aRequest({ numbers: [phoneNumberId] });
    return `/requests/${(await aRequest({ numbers: [phoneNumberId] })).id}`;
  },
  "/requests/new": async () => `/requests/new?number=${(await aNumber()).phoneNumberId}`,
  "/requests/forced": async () => {
    await aForcedChange();
    return "/requests/forced";
  },
  "/people/[personId]/undo": async () => {
    const { id } = await aColleague("support");
    const person = await db().person.findUniqueOrThrow({ where: { id } });
    const actor = toPersonActor(person, { origin: anOrigin() });
    await aBatch([(await aNumber()).phoneNumberId, (await aNumber()).phoneNumberId], actor);
    return `/people/${id}/undo?since=2026-01-01T00:00`;
  },
  "/batches/[batchId]": async () => {
    const name = "AnUncommonlyLongNameWithoutAnySpaceInIt";
    return `/batches/${await aBatch([(await aNumber({ name })).phoneNumberId])}`;
  },
  "/review/[selectionId]": async () => {
    const number = await aNumber({ name: "AnUncommonlyLongNameWithoutAnySpaceInIt" });
    await aNumber({ sibling: number });
    const { id } = await aSelection([number.phoneNumberId, (await aNumber()).phoneNumberId]);
    return `/review/${id}`;
  },
  "/webhooks/[endpointId]": async () => `/webhooks/${(await anEndpoint()).id}`,
  "/audit/[entry]": async () => {
    const [event] = await readEventsOf((await aColleague("support")).id);
    return `/audit/${event?.seq}`;
  },
};

/** Other states of pages, and what is not a page. */
const OTHER_STATES = [
  "/numbers?q=no+such+number",
  "/numbers?q=999999999%0A888888888",
  "/numbers/999",
  "/accounts?q=no+such+account",
  "/accounts/999",
  "/tokens?q=no+such+token",
  "/people/999",
  "/requests/999",
  "/requests?state=failed",
  "/schedule?state=all",
  "/schedule?state=nonsense",
  "/schedule/999",
  "/batches/999",
  "/review/999",
  "/webhooks/999",
  "/nowhere",
];

const may = (role: Role, permission: Permission | null) =>
  permission === null || (ROLE_PERMISSIONS[role] as readonly Permission[]).includes(permission);

const OTHER_PATHS = [...Object.keys(PAGES_OF_ONE), ...OTHER_STATES];

/**
 * Each page as the role that sees most of it, a refused page, and states that look the same for every
 * role.
 */
const PART = [
  ...PAGES.map(({ segment, permission }) => ({
    role: (may("support", permission) ? "support" : "admin") as Role,
    path: `/${segment}`,
  })),
  { role: "account_manager" as Role, path: "/audit" },
  ...OTHER_PATHS.map((path) => ({ role: "admin" as Role, path })),
];

const WHOLE = [...PAGES.map(({ segment }) => `/${segment}`), ...OTHER_PATHS].map((path) => ({
  role: SWEEP_ROLE as Role,
  path,
}));

/** Checks the page at the sweep's width or a wide one, and that nothing scrolls sideways at 320 pixels. */
async function expectAccessible(page: Page): Promise<void> {
  if (SWEEP_WIDTH) await page.setViewportSize({ width: Number(SWEEP_WIDTH), height: HEIGHT });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page).toHaveTitle(/BSUID Console/);
  await expectNoViolations(page);
  await page.setViewportSize({ width: Number(SWEEP_WIDTH ?? 320), height: HEIGHT });
  await expectNoSidewaysScroll(page);
}

test("every page of the console is tested below", () => {
  const tried = [...PAGES.map(({ segment }) => `/${segment}`), ...Object.keys(PAGES_OF_ONE)];
  const files = globSync("app/(console)/**/page.tsx");
  const pages = files.map((file) => file.replace("app/(console)", "").replace("/page.tsx", ""));
  expect(pages.sort()).toEqual(tried.sort());
});

for (const { role, path } of SWEEP_ROLE ? WHOLE : PART) {
  test(`${path} is accessible as ${role}`, async ({ page, loginAs }) => {
    const address = await PAGES_OF_ONE[path]?.();
    await loginAs(role);
    await page.goto(address ?? path);
    await expectAccessible(page);
  });
}

test("the sign-in page has no accessibility violation", async ({ page }) => {
  await page.goto("/sign-in?next=/numbers");
  await expectNoViolations(page);
  await page.getByLabel("E-mail").fill("nobody@staff.test");
  await page.getByLabel("Password").fill("wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("do not match")).toBeVisible();
  await expectNoViolations(page);
});

test("the dialogs and what follows them have no accessibility violation", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  await aNumber({ sibling: number });
  await loginAs("support");
  await page.goto(`/numbers/${number.phoneNumberId}`);
  const toggle = page.getByRole("switch");
  for (const [confirm, checked] of [
    [/^Turn on/, true],
    [/phone-only$/, false],
  ] as const) {
    await toggle.click();
    await expect(page.getByRole("dialog")).not.toContainText("Loading them");
    await page.getByRole("button", { name: confirm }).click();
    await expect(page.getByText("Write at least 5 characters")).toBeVisible();
    await expectNoViolations(page);
    await page.getByLabel("Reason").fill("For the accessibility test");
    await page.getByRole("button", { name: confirm }).click();
    await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeVisible();
    await expect(toggle).toBeChecked({ checked });
    await expectNoViolations(page);
  }
});

test("the theme follows the system's", async ({ page }) => {
  await page.goto("/sign-in");
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
  }
});

test("the theme can be chosen, and stays", async ({ page, loginAs }) => {
  await loginAs("auditor");
  await page.goto("/numbers");
  const background = () =>
    page.evaluate(() => getComputedStyle(document.body.parentElement as Element).backgroundColor);
  const light = await background();
  await openPersonMenu(page);
  await page.getByLabel("Theme").selectOption("Dark theme");
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.reload();
  await expect(page.getByLabel("Theme")).toHaveValue("dark");
  expect(await background()).toBe(dark);
});

test.describe("320 pixels wide", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("the sign-in page does not scroll sideways, and the dialog fits", async ({
    page,
    loginAs,
  }) => {
    await page.goto("/sign-in");
    await expectNoSidewaysScroll(page);
    const number = await aNumber({ name: "AnUncommonlyLongNameWithoutAnySpaceInIt" });
    await loginAs("support");
    await page.goto(`/numbers/${number.phoneNumberId}`);
    await page.getByRole("switch").click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toBeVisible();
    const sideways = await dialog.evaluate((box) => box.scrollWidth - box.clientWidth);
    expect(sideways).toBeLessThanOrEqual(0);
  });
});
