import { randomUUID } from "node:crypto";
import {
  cp,
  link,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");
const BUILD = path.join(ROOT, ".next");
const PACKAGES = "node_modules";
/** What a checkout contains besides its sources: none of it is copied unchanged. */
const NO_SOURCES = new Set([".git", ".cache", ".data", ".next", PACKAGES, "docs", "test-results"]);

/**
 * The next version of the console in its own checkout, not built yet: the same sources with one change.
 * Its server actions get this build's key, as after a deploy with the same DATA_DIR.
 */
export async function makeNextVersion() {
  const version = await copyCheckout();
  const { root } = version;
  await linkFiles(path.join(ROOT, PACKAGES), path.join(root, PACKAGES));
  const styles = path.join(root, "app/globals.css");
  await writeFile(styles, `${await readFile(styles, "utf8")}\n/* the next version */\n`);
  return version;
}

/** The next version in its own checkout: this build under another name, which takes seconds. */
export async function makeRenamedBuild() {
  const version = await copyCheckout();
  const { root } = version;
  await symlink(path.join(ROOT, PACKAGES), path.join(root, PACKAGES));
  const name = (await readFile(path.join(BUILD, "BUILD_ID"), "utf8")).trim();
  const renamed = randomUUID().replaceAll("-", "").slice(0, name.length);
  await linkFiles(BUILD, path.join(root, ".next"), { name, renamed });
  // This file marks a build of these sources, and begins with the name.
  await cp(path.join(BUILD, "built-from"), path.join(root, ".next", "built-from"));
  return version;
}

async function copyCheckout() {
  const root = path.join(ROOT, ".cache", `next-version-${process.pid}`);
  await mkdir(root, { recursive: true });
  const entries = (await readdir(ROOT)).filter((name) => !NO_SOURCES.has(name));
  for (const name of [...entries, path.join(".data", "actions-key.json")]) {
    const filter = (source: string) => !/\.test\.tsx?$/.test(source);
    await cp(path.join(ROOT, name), path.join(root, name), { recursive: true, filter });
  }
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}

/**
 * Fills a folder with hard links to another folder's files, the fastest way to copy. Files with `name` in
 * their name or content are written with `renamed` instead.
 */
async function linkFiles(from: string, to: string, change?: { name: string; renamed: string }) {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    if (source === path.join(BUILD, "cache")) continue;
    const target = path.join(
      to,
      change ? entry.name.replace(change.name, change.renamed) : entry.name,
    );
    if (entry.isDirectory()) await linkFiles(source, target, change);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else if (!change) await link(source, target);
    else {
      const content = await readFile(source);
      if (!content.includes(change.name)) await link(source, target);
      else await writeFile(target, content.toString().replaceAll(change.name, change.renamed));
    }
  }
}
