import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type Page } from "@playwright/test";
import type axe from "axe-core";

/** Sending it takes far longer than running it: the minified one, and once a document. */
const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
/** Of a long table or list the first rows show every kind, and axe takes seconds for all. */
const LATER_ROWS = ":is(tbody tr, ol > li):nth-child(n + 13)";
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** All of axe's rules in light, and those on colours in dark. The page is left in light. */
export async function expectNoViolations(page: Page): Promise<void> {
  // A page refreshes by itself while it is seen, and has no title for a moment then.
  await page.evaluate(() =>
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true }),
  );
  await expect(page).toHaveTitle(/./);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await findViolations(page, COLOUR_RULES), "in dark").toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await findViolations(page), "in light").toEqual([]);
  await page.evaluate(() => Reflect.deleteProperty(document, "visibilityState"));
}

/** The rules that are broken, each with the elements that break it. No page has frames. */
async function findViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(untilStill);
  return await page.evaluate(runAxe, { exclude: LATER_ROWS, rules: rules ? [...rules] : null });
}

/** Runs in the page: the theme has followed the system's, and what fades or moves is at its end. */
async function untilStill(): Promise<void> {
  for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}

/** Runs in the page. */
async function runAxe(asked: { exclude: string; rules: string[] | null }): Promise<string[]> {
  const { run } = (window as unknown as { axe: typeof axe }).axe;
  const { violations } = await run(
    { exclude: [asked.exclude] },
    {
      resultTypes: ["violations"],
      ...(asked.rules && { runOnly: { type: "rule", values: asked.rules } }),
    },
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("; ")}`);
}
