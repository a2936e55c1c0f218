import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { toPermissionTable } from "#lib/access/permission-table.ts";

const FILE = path.resolve(import.meta.dirname, "../docs/security.md");
const BEGIN = "<!-- permissions: written by npm run docs:permissions -->";
const END = "<!-- end of permissions -->";

/** The document with a table of the current permissions. */
export function withPermissions(text: string): string {
  const [before, rest] = text.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined) {
    throw new Error(`docs/security.md lacks the lines ${BEGIN} and ${END}.`);
  }
  return `${before}${BEGIN}\n\n${toPermissionTable()}\n\n${END}${after}`;
}

if (import.meta.main) await writeFile(FILE, withPermissions(await readFile(FILE, "utf8")));
