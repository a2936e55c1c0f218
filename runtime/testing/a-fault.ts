import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";

const FOLDER = path.join(import.meta.dirname, "faults");

/**
 * The text of `faults/NAME.json`, an input that once failed: `PNID` is the number, `RUN` is new each time.
 * `edit` makes a variant of it, and must find what it replaces.
 */
export function aFault(
  name: string,
  { to, edit = [] }: { to: string; edit?: readonly (readonly [from: string, to: string])[] },
): string {
  let text = readFileSync(path.join(FOLDER, `${name}.json`), "utf8");
  for (const [from, replacement] of edit) {
    expect(text).toContain(from);
    text = text.replaceAll(from, replacement);
  }
  return text.replaceAll("PNID", to).replaceAll("RUN", randomUUID());
}
