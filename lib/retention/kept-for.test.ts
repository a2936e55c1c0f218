import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { db } from "../db/client.ts";
import { KEPT_FOR } from "../kept-for.ts";

useTestDatabase();

const DOCUMENT = new URL("../../docs/operating/keeping.md", import.meta.url);

function toWords(period: { days: number } | { months: number }): string {
  const [[unit, count] = ["", 0]] = Object.entries(period);
  return `${count} ${count === 1 ? unit.replace(/s$/, "") : unit}`;
}

test("the document for operators has each table with the time that it is kept for, and no other", async () => {
  const text = await readFile(DOCUMENT, "utf8");
  const rows = text.matchAll(/^\| `(\w+)` .*\| ([^|]+?) +\|$/gm);
  const documented = Object.fromEntries(Array.from(rows, ([, table, period]) => [table, period]));
  const listed = Object.entries(KEPT_FOR).map(([table, period]) => [table, toWords(period)]);
  expect(documented).toEqual(Object.fromEntries(listed));
});

test("each is a table of the database, from which the application may delete", async () => {
  const rows = await db().$queryRaw<{ name: string; canDelete: boolean }[]>`
    SELECT name, has_table_privilege('bsuid_console_app', to_regclass(name), 'DELETE') AS "canDelete"
    FROM unnest(${Object.keys(KEPT_FOR)}::text[]) AS t(name)`;
  expect(rows.filter(({ canDelete }) => !canDelete)).toEqual([]);
});
