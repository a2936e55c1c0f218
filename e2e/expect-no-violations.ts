import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type Page } from "@playwright/test";
import type axe from "axe-core";

/** The minified axe, sent once per document: sending it takes far longer than running it. */
const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
/** In a long table or list the first rows show every kind, and axe takes seconds for all. */
const LATER_ROWS = ":is(tbody tr, ol > li):nth-child(n + 13)";
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/**
 * Checks all of axe's rules in light mode, and those on colours in dark mode. Leaves the page in light
 * mode.
 */
export async function expectNoViolations(page: Page): Promise<void> {
  // A visible page refreshes by itself, and has no title for a moment then.
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

/** The violated rules, each with the elements that violate it. No page has frames. */
async function findViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(untilStill);
  return await page.evaluate(runAxe, { exclude: LATER_ROWS, rules: rules ? [...rules] : null });
}

/** Runs in the page. Resolves once the theme has followed the system's and animations have ended. */
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
