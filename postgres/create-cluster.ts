import { spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Binaries } from "./binaries.ts";
import type { Account } from "./os-account.ts";
import { serverEnvironment } from "./server-process.ts";

type NewCluster = {
  cluster: string;
  binaries: Binaries;
  account: Account;
  password: string;
  durable: boolean;
  signal?: AbortSignal | undefined;
};

/** Makes the cluster unless it exists. It gets its name only once complete, so an interruption leaves nothing half made. */
export async function createCluster(wanted: NewCluster): Promise<void> {
  const { cluster, account } = wanted;
  await removeDrafts(cluster);
  const version = await readFile(join(cluster, "PG_VERSION"), "utf8").catch(() => null);
  if (version !== null) return;

  const draft = `${cluster}.new-${process.pid}`;
  await mkdir(draft, { mode: 0o700 });
  try {
    const passwordFile = join(draft, "..", `${basename(draft)}-password`);
    await writeFile(passwordFile, `${wanted.password}\n`, { mode: 0o600 });
    if (account !== null) {
      await chown(draft, account.uid, account.gid);
      await chown(passwordFile, account.uid, account.gid);
    }
    await initdb(wanted, draft, passwordFile);
    await rm(passwordFile);
    await rename(draft, cluster);
  } catch (error) {
    await removeDrafts(cluster);
    throw error;
  }
}

async function removeDrafts(cluster: string): Promise<void> {
  const prefix = `${basename(cluster)}.new-`;
  for (const name of await readdir(dirname(cluster))) {
    if (!name.startsWith(prefix)) continue;
    // After a start was killed, its initdb may go on writing for a moment.
    const options = { recursive: true, force: true, maxRetries: 20, retryDelay: 50 };
    await rm(join(dirname(cluster), name), options);
  }
}

async function initdb(wanted: NewCluster, draft: string, passwordFile: string): Promise<void> {
  const { binaries, account, durable, signal } = wanted;
  const args = [
    `--pgdata=${draft}`,
    `--pwfile=${passwordFile}`,
    "--username=postgres",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // The same order and case rules on every machine, whatever locales it has.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-instructions",
    ...(durable ? [] : ["--no-sync"]),
  ];
  const child = spawn(binaries.initdb, args, {
    ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
    cwd: dirname(draft),
    env: serverEnvironment(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const stop = () => child.kill("SIGTERM");
  signal?.addEventListener("abort", stop);
  const [code] = (await once(child, "close")) as [number | null];
  signal?.removeEventListener("abort", stop);
  signal?.throwIfAborted();
  if (code !== 0) throw new Error(`PostgreSQL could not make its files: ${complaint.trim()}`);
}
