import { readFileSync } from "node:fs";
import { expect, expectNoSidewaysScroll, expectNoViolations, test } from "./fixtures.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("an admin sees what the installation runs with, where it is set, and no secret", async ({
      page,
      baseURL,
      loginAs,
    }) => {
      await loginAs("admin");
      await page.goto("/numbers");
      await page.getByRole("link", { name: "Settings" }).click();
      await expect(page).toHaveTitle("Settings · BSUID Console");
      const installation = page.getByRole("region", { name: "Installation" });
      await expect(installation).toContainText("Demo, with a database");
      await expect(installation).toContainText(baseURL ?? "");
      const signIn = page.getByRole("region", { name: "Signing in" });
      await expect(signIn).toContainText("On: at least 12 characters");
      await expect(signIn).toContainText("PASSWORD_SIGN_IN");
      await expect(page.getByRole("region", { name: "Audit trail" })).toContainText(
        "made from NEXTAUTH_SECRET",
      );
      const html = await page.content();
      const secrets = readFileSync(process.env.E2E_ENV ?? "", "utf8");
      const { databaseUrl } = JSON.parse(secrets) as { databaseUrl: string };
      expect(html).not.toContain(new URL(databaseUrl).password);
      expect(html).not.toContain("for-the-browser-tests-only");
      await expectNoViolations(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await expectNoSidewaysScroll(page);
    });
  });
}

for (const role of ["support", "account_manager", "auditor"] as const) {
  test(`the role ${role} is told that the settings are not for it`, async ({ page, loginAs }) => {
    await loginAs(role);
    await page.goto("/settings");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/not for your role/);
    await expect(page.getByRole("link", { name: "Settings" })).toBeHidden();
    await expect(page.locator("main")).not.toContainText("PASSWORD_SIGN_IN");
  });
}
