// Whether the set-up is up to date, by the content of files: their times are wrong after a checkout or a copy.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
export const NODE_PATH_CACHE = path.join(ROOT, ".cache", "node-path");

/** The file that records which packages are installed, and the content it should have. */
export function installedMarker() {
  const file = path.join(ROOT, "node_modules", ".bsuid-console-installed");
  return { file, wanted: hashOf("package.json", "package-lock.json") };
}

/** Whether exactly these packages are installed, by us or by somebody with npm. */
export function isInstalled({ file, wanted }) {
  if (readIfAny(file) === wanted) return true;
  const installed = packagesOf(path.join(ROOT, "node_modules", ".package-lock.json"));
  const locked = packagesOf(path.join(ROOT, "package-lock.json"));
  if (installed === null || locked === null) return false;
  const isMissing = ([name, { optional, peer }]) =>
    name !== "" && !optional && !peer && !installed[name];
  const isOther = ([name, { version }]) => locked[name]?.version !== version;
  return !Object.entries(locked).some(isMissing) && !Object.entries(installed).some(isOther);
}

/** The packages of a lock file. npm writes the one in node_modules last: an interrupted installation has none. */
function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : null;
}

/** The file that records the schema of the generated Prisma client, and the content it should have. */
export function generatedMarker() {
  const file = path.join(ROOT, "lib", "db", "generated", ".made-from");
  return { file, wanted: hashOf("prisma/schema.prisma", "package-lock.json") };
}

export function prismaCli() {
  const folder = path.join(ROOT, "node_modules", "prisma");
  const { bin } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return path.join(folder, bin.prisma);
}

export function readIfAny(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function hashOf(...files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(path.join(ROOT, file)));
  return hash.digest("hex");
}
