import { readFileSync } from "node:fs";
import { configSchema } from "#lib/config-schema.ts";
import { expect, test } from "./fixtures.ts";

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
  await expect(signIn).toContainText("After 4 a wait that doubles, from 2 seconds to 5 minutes");
  await expect(signIn).toContainText("Only those it calls verified are trusted");
  await expect(page.getByRole("region", { name: "Sessions" })).toContainText("30 days");
  await expect(page.getByRole("region", { name: "Audit trail" })).toContainText(
    "derived from NEXTAUTH_SECRET",
  );
  const html = await page.content();
  const secrets = readFileSync(process.env.E2E_ENV ?? "", "utf8");
  const { databaseUrl } = JSON.parse(secrets) as { databaseUrl: string };
  expect(html).not.toContain(new URL(databaseUrl).password);
  expect(html).not.toContain("for-the-browser-tests-only");
});

test("the page lists exactly the existing settings by name", async ({ page, loginAs }) => {
  await loginAs("admin");
  await page.goto("/settings");
  const shown = await page.getByRole("definition").locator("code").allTextContents();
  const names = shown.flatMap((text) => text.split(", "));
  expect([...new Set(names)].sort()).toEqual(Object.keys(configSchema.shape).sort());
});

for (const role of ["support", "account_manager", "auditor"] as const) {
  test(`the role ${role} is refused the settings`, async ({ page, loginAs }) => {
    await loginAs(role);
    expect((await page.goto("/settings"))?.status()).toBe(403);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/not for your role/);
    await expect(page.getByRole("link", { name: "Settings" })).toBeHidden();
    await expect(page.locator("main")).not.toContainText("PASSWORD_SIGN_IN");
  });
}
