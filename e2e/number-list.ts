import type { Locator, Page } from "@playwright/test";
import { aNumber, expect, type TestNumber } from "./fixtures.ts";

/** The link of a number's row. */
export function linkOf(page: Page, { label }: TestNumber): Locator {
  return page.getByRole("link", { name: label });
}

/** Opens the list of two numbers of one account; no row has the focus yet. */
export async function openTwo(page: Page): Promise<[TestNumber, TestNumber]> {
  const first = await aNumber({ name: "A first" });
  const second = await aNumber({ name: "B second", sibling: first });
  await page.goto(`/numbers?account=${first.accountId}`);
  await expect(linkOf(page, second)).toBeVisible();
  return [first, second];
}

/** The field of the palette. */
export function palette(page: Page): Locator {
  return page.getByRole("combobox", { name: "Jump to anything" });
}
