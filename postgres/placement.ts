import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { lstat, readlink, realpath, rm, symlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { stopOrphan } from "./orphan.ts";
import { type Account, canEnter } from "./os-account.ts";
import { makePassableFolder } from "./passable-folder.ts";

const run = promisify(execFile);

/** Used only when root's PostgreSQL account cannot enter the checkout or DATA_DIR. */
export const SHARED_HOME = "/var/lib/bsuid-console";

/**
 * The cluster's real directory: DATA_DIR/postgres, or, when `account` cannot enter that, one below
 * SHARED_HOME with a symlink in its place. Its parent exists afterwards; the directory itself may not.
 */
export async function placeCluster(
  dataDir: string,
  account: Account,
  log: (line: string) => void,
): Promise<string> {
  await makePassableFolder(dataDir);
  const usual = join(await realpath(dataDir), "postgres");
  const stats = await lstat(usual).catch(() => null);

  if (stats?.isSymbolicLink()) {
    const target = resolve(dirname(usual), await readlink(usual));
    await makePassableFolder(dirname(target));
    await giveTo(account, target);
    return target;
  }
  if (await canEnter(account, dirname(usual))) {
    await giveTo(account, usual);
    return usual;
  }
  const target = await moveOut(usual, stats !== null);
  await giveTo(account, target);
  log(`The user ${account?.name} cannot enter ${dataDir}; its database is kept in ${target}`);
  return target;
}

async function moveOut(usual: string, exists: boolean): Promise<string> {
  const hash = createHash("sha256").update(usual).digest("hex").slice(0, 16);
  const target = join(SHARED_HOME, hash, "postgres");
  await makePassableFolder(dirname(target));
  // No symlink pointed here, so this cluster belongs to a DATA_DIR that was deleted.
  await stopOrphan(target, () => undefined);
  await rm(target, { recursive: true, force: true });
  if (exists) await run("mv", [usual, target]);
  await symlink(target, usual);
  return target;
}

/** Makes `account` the owner of the cluster, also after the console changed from one user to another. */
async function giveTo(account: Account, directory: string): Promise<void> {
  const stats = await lstat(directory).catch(() => null);
  if (account === null || stats === null || stats.uid === account.uid) return;
  await run("chown", ["-R", `${account.uid}:${account.gid}`, directory]);
}
