import type { Page } from "@playwright/test";
import { expectNoViolations } from "./expect-no-violations.ts";
import {
  aColleague,
  aNumber,
  expect,
  expectNoSidewaysScroll,
  readEventsOf,
  test,
  untilLoaded,
} from "./fixtures.ts";
import { palette } from "./number-list.ts";

const option = (page: Page, name: string | RegExp) => page.getByRole("option", { name });

test("the palette opens by its key, finds by any letters, and opens with Enter", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber({ name: "Confeitaria São" });
  await loginAs("support");
  await page.goto("/runtimes");
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeFocused();
  await expect(option(page, "Simulator")).toBeVisible();
  await page.keyboard.type(number.label.replace("São", "sao"));
  const first = option(page, number.label).first();
  await expect(first).toHaveAttribute("aria-selected", "true");
  await expect(palette(page)).toHaveAttribute(
    "aria-activedescendant",
    (await first.getAttribute("id")) ?? "",
  );
  await expect(page.getByRole("status").filter({ hasText: /^\d+ results?$/ })).toBeAttached();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/numbers/${number.phoneNumberId}`);
  await expect(palette(page)).toBeHidden();
});

test("the palette goes where Enter was pressed for, also before the answer is there", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber({ name: "Quick" });
  await loginAs("support");
  await page.goto("/runtimes");
  await page.keyboard.press("Control+k");
  await expect(option(page, "Simulator")).toBeVisible();
  await page.keyboard.type(number.label);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/numbers/${number.phoneNumberId}`);
});

test("the palette drops an answer that comes after that for the next letters", async ({
  page,
  loginAs,
}) => {
  await loginAs("support");
  await page.goto("/runtimes");
  const gate = Promise.withResolvers<void>();
  await page.route(/\/jump\?q=audi$/, async (route) => {
    await gate.promise;
    await route.continue().catch(() => {});
  });
  await page.keyboard.press("Control+k");
  const sent = page.waitForRequest(/\/jump\?q=audi$/);
  await palette(page).pressSequentially("audi");
  await sent;
  await palette(page).fill("simul");
  await expect(page.getByRole("option").first()).toHaveText("Simulator");
  gate.resolve();
  await expect(page.getByRole("option").first()).toHaveText("Simulator");
  await expect(option(page, /^Audit$/)).toBeHidden();
});

test("the palette opens an option in a new tab, as a link or with Ctrl and Enter", async ({
  page,
  context,
  loginAs,
}) => {
  await loginAs("support");
  await page.goto("/runtimes");
  await page.keyboard.press("Control+k");
  await palette(page).fill("simulator");
  await expect(option(page, "Simulator")).toHaveAttribute("href", "/simulator");
  for (const open of [
    () => page.keyboard.press("Control+Enter"),
    () => option(page, "Simulator").click({ button: "middle" }),
  ]) {
    const [tab] = await Promise.all([context.waitForEvent("page"), open()]);
    await expect(tab).toHaveURL("/simulator");
    await tab.close();
  }
  await expect(page).toHaveURL("/runtimes");
  await expect(palette(page)).toBeVisible();
});

test("the palette gives the focus back on Escape, and is loaded on first use", async ({
  page,
  loginAs,
}) => {
  await loginAs("support");
  await page.goto("/runtimes");
  await untilLoaded(page);
  const scripts: string[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "script") scripts.push(request.url());
  });
  const button = page.getByRole("button", { name: "Jump to…" }).filter({ visible: true });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeFocused();
  expect(scripts.length).toBeGreaterThan(0);
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await expect(button).toBeFocused();
});

test("the palette says that nothing matches, and that the console does not answer", async ({
  page,
  loginAs,
  context,
}) => {
  await loginAs("support");
  await page.goto("/runtimes");
  await page.keyboard.press("Control+k");
  await palette(page).fill("no such thing at all");
  await expect(page.getByText("Nothing matches “no such thing at all”")).toBeVisible();
  await context.setOffline(true);
  await palette(page).fill("something else");
  await expect(page.getByText("The console did not answer")).toBeVisible();
  await context.setOffline(false);
  await palette(page).fill("simulator");
  await expect(option(page, "Simulator")).toBeVisible();
});

test("the palette shows people, and their acts, only to who may see them", async ({
  page,
  loginAs,
}) => {
  const colleague = await aColleague("support");
  const manager = await aColleague("account_manager");
  await loginAs(manager);
  const answer = await page.request.get(`/jump?${new URLSearchParams({ q: colleague.name })}`);
  expect(await answer.text()).not.toContain(colleague.id);
  const all = await (await page.request.get("/jump")).text();
  expect(all).toContain("/requests/new");
  for (const href of ["/people", "/audit", "/webhooks", "/settings"]) {
    expect(all, href).not.toContain(`"${href}"`);
  }
  const refused = (await readEventsOf(manager.id)).filter(
    ({ action }) => action === "access.denied",
  );
  expect(refused).toEqual([]);
  await loginAs("admin");
  await page.goto("/runtimes");
  await page.keyboard.press("Control+k");
  await palette(page).fill(colleague.name);
  await expect(option(page, colleague.name)).toHaveAttribute("href", `/people/${colleague.id}`);
});

test("the palette refuses a forged text", async ({ page, loginAs }) => {
  await loginAs("admin");
  for (const q of ["%00", "x".repeat(201)]) {
    expect((await page.request.get(`/jump?q=${q}`)).status(), q).toBe(400);
  }
  const wild = (await (await page.request.get("/jump?q=%25_%25")).json()) as {
    groups: unknown[];
  };
  expect(wild.groups).toEqual([]);
});

test("the palette is accessible, also at 320 pixels", async ({ page, loginAs }) => {
  const { label } = await aNumber({ name: "AnUncommonlyLongNameWithoutAnySpaceInIt" });
  await loginAs("admin");
  await page.goto("/runtimes");
  await page.keyboard.press("Control+k");
  await palette(page).fill(label);
  await expect(option(page, label).first()).toBeVisible();
  await expectNoViolations(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  const sideways = await page
    .getByRole("dialog")
    .evaluate((box) => box.scrollWidth - box.clientWidth);
  expect(sideways).toBeLessThanOrEqual(0);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Jump to…" }).filter({ visible: true }).click();
  await expect(palette(page)).toBeFocused();
});
