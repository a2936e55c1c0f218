import { setFlag } from "#lib/flags/set-flag.ts";
import { aSystem } from "#testing/factories.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import {
  aNumber,
  deleteRuntimes,
  expect,
  makeSilent,
  openInList,
  report,
  returnToPage,
  type TestNumber,
  test,
} from "./fixtures.ts";

// The runtimes belong to the whole console, so these tests take turns.
test.describe.configure({ mode: "serial" });

test.beforeEach(deleteRuntimes);
test.afterAll(deleteRuntimes);

const flip = ({ phoneNumberId }: TestNumber) =>
  setFlag(aSystem("flag:set"), { phoneNumberId, acceptsBsuid: true, reason: "A test of runtimes" });

test("without a runtime the page says how to connect one", async ({ page, loginAs }) => {
  await loginAs("auditor");
  await page.goto("/numbers");
  await page.getByRole("link", { name: "Runtimes" }).click();
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(/No runtime has reported/);
  await expect(page.getByText("reports:write")).toBeVisible();
  await expectNoViolations(page);
});

test("every instance is listed, and one that is behind says so", async ({ page, loginAs }) => {
  for (const instanceId of ["rt-1", "rt-2", "rt-3"]) await report({ instanceId });
  await loginAs("account_manager");
  await page.goto("/runtimes");
  await expect(page).toHaveTitle("Runtimes · BSUID Console");
  await expect(page.getByText("3 runtimes", { exact: true })).toBeVisible();

  await flip(await aNumber());
  for (const instanceId of ["rt-1", "rt-2"]) await report({ instanceId });
  await returnToPage(page);
  const behind = page.getByRole("row", { name: "rt-3" });
  await expect(behind).toContainText(/\d+ changes? behind, for [\d.]+ s/);
  await expect(behind).toContainText("test/1.0.0");

  await makeSilent("rt-2", 90);
  await returnToPage(page);
  await expect(page.getByRole("row", { name: "rt-2" })).toContainText("Silent for more than");
  await expect(page.getByRole("status").first()).toContainText("behind or silent");
  await expectNoViolations(page);
  await page.setViewportSize({ width: 320, height: 640 });
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
});

test("after a flip the page says when every runtime has it, and how long that took", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  for (const instanceId of ["rt-1", "rt-2"]) await report({ instanceId });
  await loginAs("support");
  await openInList(page, number);
  await page.getByRole("switch").click();
  await page.getByLabel("Reason").fill("Their CRM keys on userId since Monday");
  await page.getByRole("button", { name: /^Turn on/ }).click();
  const toast = page.getByRole("status").filter({ hasText: `${number.label} is now accepting` });
  await expect(toast).toContainText("Live on 0 of 2 runtimes, waiting for rt-1");
  const row = page.getByRole("row", { name: number.label });
  await expect(row).toContainText("Live on 0 of 2");

  await report({ instanceId: "rt-1" });
  await expect(toast).toContainText("Live on 1 of 2 runtimes, waiting for rt-2");
  await report({ instanceId: "rt-2" });
  await expect(toast).toContainText(/Live on 2 of 2 runtimes, [\d.]+ s after the change/);
  await expect(row).not.toContainText("Live on");

  await row.getByRole("link", { name: number.label }).click();
  await expect(page.getByRole("region", { name: "BSUID acceptance" })).toContainText(
    /Live on 2 of 2 runtimes, [\d.]+ s after the change/,
  );
});
