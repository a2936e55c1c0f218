import { execFile } from "node:child_process";
import { readFile, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const FAST_STOP_MS = 10_000;

/**
 * Stops a PostgreSQL that still runs on `cluster` because the process that started it was killed,
 * and removes a pid file that names another program by now. The caller holds DATA_DIR's lock, so
 * a server that runs there has lost its parent.
 */
export async function stopOrphan(cluster: string, log: (line: string) => void): Promise<void> {
  const pidFile = join(cluster, "postmaster.pid");
  const pid = Number.parseInt((await readFile(pidFile, "utf8").catch(() => "")) || "0", 10);
  if (pid <= 0 || !isAlive(pid)) return;
  if (!(await isServerOf(pid, cluster))) {
    // With the file, PostgreSQL would refuse to start; its shared memory still guards against a second server.
    await rm(pidFile, { force: true });
    return;
  }
  log(`A PostgreSQL left over from an earlier run (process ${pid}) is being stopped`);
  process.kill(pid, "SIGINT");
  if (await isGoneWithin(pid, FAST_STOP_MS)) return;
  process.kill(pid, "SIGQUIT");
  if (await isGoneWithin(pid, FAST_STOP_MS)) return;
  throw new Error(
    `A PostgreSQL left over from an earlier run (process ${pid}) does not stop. Stop it and start again.`,
  );
}

async function isServerOf(pid: number, folder: string): Promise<boolean> {
  const cluster = await realpath(folder);
  const command = await commandLine(pid);
  return /postgres/.test(command[0] ?? "") && command.join(" ").includes(`-D ${cluster} `);
}

async function commandLine(pid: number): Promise<string[]> {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => null);
  if (fromProc !== null) return fromProc.split("\0");
  const listed = await run("ps", ["-ww", "-o", "command=", "-p", String(pid)]).catch(() => null);
  return (listed?.stdout ?? "").split(" ");
}

async function isGoneWithin(pid: number, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (Date.now() < deadline) {
    if (!isAlive(pid)) return true;
    await sleep(20);
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
