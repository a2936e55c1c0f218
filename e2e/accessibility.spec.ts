import { aNumber, expect, expectNoViolations, test } from "./fixtures.ts";

const PAGES = [
  ["the numbers", "/numbers"],
  ["the numbers, nothing found", "/numbers?q=no+such+number"],
  ["the numbers, pasted", "/numbers?q=999999999%0A888888888"],
  ["the runtimes", "/runtimes"],
  ["the simulator", "/simulator?case=batch"],
  ["a missing number", "/numbers/999"],
  ["a missing page", "/nowhere"],
] as const;

/** Of these, a role sees its own part or is told that they are not for it. */
const PAGES_OF_ACCESS = [
  ["the tokens", "/tokens"],
  ["the tokens, nothing found", "/tokens?q=no+such+token"],
  ["the people", "/people"],
  ["a missing person", "/people/999"],
  ["the settings", "/settings"],
] as const;

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("the sign-in page has no accessibility violation", async ({ page }) => {
      await page.goto("/sign-in?next=/numbers");
      await expectNoViolations(page);
      await page.getByLabel("E-mail").fill("nobody@staff.test");
      await page.getByLabel("Password").fill("wrong");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByText("do not match")).toBeVisible();
      await expectNoViolations(page);
    });

    for (const role of ["support", "account_manager", "auditor", "admin"] as const) {
      test(`no page has an accessibility violation for the role ${role}`, async ({
        page,
        loginAs,
      }) => {
        const number = await aNumber({ accepts: true });
        await aNumber({ sibling: number });
        await loginAs(role);
        for (const [, path] of [...PAGES, ["a number", `/numbers/${number.phoneNumberId}`]]) {
          await page.goto(path);
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          await expectNoViolations(page);
        }
      });
    }

    for (const role of ["support", "account_manager", "auditor", "admin"] as const) {
      test(`no page about access has an accessibility violation for the role ${role}`, async ({
        page,
        loginAs,
      }) => {
        await loginAs(role);
        for (const [, path] of PAGES_OF_ACCESS) {
          await page.goto(path);
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          await expectNoViolations(page);
        }
      });
    }

    test("neither dialog has an accessibility violation, nor what follows them", async ({
      page,
      loginAs,
    }) => {
      const number = await aNumber();
      await aNumber({ sibling: number });
      await loginAs("support");
      await page.goto(`/numbers/${number.phoneNumberId}`);
      for (const confirm of [/^Accept on/, /phone-only$/]) {
        await page.getByRole("switch").click();
        await expect(page.getByRole("dialog")).not.toContainText("Looking at them");
        await page.getByRole("button", { name: confirm }).click();
        await expect(page.getByText("Write at least 5 characters")).toBeVisible();
        await expectNoViolations(page);
        await page.getByLabel("Reason").fill("For the accessibility test");
        await page.getByRole("button", { name: confirm }).click();
        await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeVisible();
        await expectNoViolations(page);
      }
    });
  });
}

test("the theme can be chosen, and stays", async ({ page, loginAs }) => {
  await loginAs("auditor");
  await page.goto("/numbers");
  const background = () =>
    page.evaluate(() => getComputedStyle(document.body.parentElement as Element).backgroundColor);
  const light = await background();
  await page.getByLabel("Theme").selectOption("Dark theme");
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.reload();
  await expect(page.getByLabel("Theme")).toHaveValue("dark");
  expect(await background()).toBe(dark);
});

test.describe("320 pixels wide", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("no page scrolls sideways, and the dialog fits", async ({ page, loginAs }) => {
    const number = await aNumber({
      accepts: true,
      name: "AnUncommonlyLongNameWithoutAnySpaceInIt",
    });
    await aNumber({ sibling: number });
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await page.goto("/sign-in");
    expect(await overflow()).toBeLessThanOrEqual(0);
    await loginAs("support");
    const ofNumber = ["a number", `/numbers/${number.phoneNumberId}`] as const;
    for (const [, path] of [...PAGES, ...PAGES_OF_ACCESS, ofNumber]) {
      await page.goto(path);
      expect(await overflow(), path).toBeLessThanOrEqual(0);
    }
    await page.getByRole("switch").click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toBeVisible();
    const sideways = await dialog.evaluate((box) => box.scrollWidth - box.clientWidth);
    expect(sideways).toBeLessThanOrEqual(0);
  });
});
