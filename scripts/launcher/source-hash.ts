import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Folders that a build never reads. Everything else counts, so that a new folder cannot leave a build stale. */
const NOT_SOURCES = new Set([
  "node_modules",
  "docs",
  "e2e",
  "bench",
  "runtime",
  "scripts",
  "migrations",
  "postgres",
  "testing",
  "test-results",
  "playwright-report",
  "next-env.d.ts",
  "biome.json",
  "knip.json",
]);

/** A hash of the content of everything that a build reads. */
export async function hashSources(root: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of await listSources(root)) {
    const content = await readFile(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

async function listSources(root: string): Promise<string[]> {
  const names: string[] = [];
  const visit = async (folder: string) => {
    const entries = await readdir(path.join(root, folder), { withFileTypes: true });
    if (entries.some(({ name }) => name === "secrets.json")) return; // a DATA_DIR
    for (const entry of entries) {
      const name = path.join(folder, entry.name);
      if (!isSource(entry.name)) continue;
      if (entry.isDirectory()) await visit(name);
      else if (entry.isFile()) names.push(name);
    }
  };
  await visit("");
  return names.sort();
}

function isSource(name: string): boolean {
  return !(
    name.startsWith(".") ||
    NOT_SOURCES.has(name) ||
    /\.(test\.tsx?|md|tsbuildinfo|log)$/.test(name)
  );
}
