import { type ChildProcess, spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Binaries } from "./binaries.ts";
import type { Account } from "./os-account.ts";

export type ServerOptions = {
  binaries: Binaries;
  cluster: string;
  account: Account;
  port: number;
  durable: boolean;
  logFile: string;
  signal?: AbortSignal | undefined;
};

export type ServerProcess = { child: ChildProcess; exited: Promise<void> };

/** Without the console's own environment: that holds secrets, and PG* variables change what PostgreSQL does. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { NODE_ENV: "production", PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
}

/** Starts PostgreSQL; resolves once it accepts connections. Throws with the server's own message when it fails. */
export async function launchServer(options: ServerOptions): Promise<ServerProcess> {
  options.signal?.throwIfAborted();
  const { account, cluster } = options;
  const log = await open(options.logFile, "a", 0o600);
  const { size: logStart } = await log.stat();
  const child = spawn(options.binaries.postgres, serverArguments(options), {
    ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
    // In its own session, so that the terminal's Ctrl-C reaches only us: we stop PostgreSQL last.
    detached: true,
    cwd: dirname(cluster),
    env: serverEnvironment(),
    stdio: ["ignore", log.fd, log.fd],
  });
  const exited = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
  await log.close();
  const stopWithUs = () => child.kill("SIGINT");
  process.once("exit", stopWithUs);
  void exited.then(() => process.off("exit", stopWithUs));

  const server = { child, exited };
  try {
    await untilReady(server, options);
  } catch (error) {
    await stopServer(server);
    if (options.signal?.aborted) throw error;
    const text = await readFile(options.logFile, "utf8").catch(() => "");
    throw new Error(`PostgreSQL did not start: ${lastComplaint(text.slice(logStart))}`);
  }
  return server;
}

function serverArguments({ cluster, port, durable }: ServerOptions): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: durable ? "100" : "300",
    timezone: "UTC",
    log_timezone: "UTC",
    ...(durable ? {} : { fsync: "off", full_page_writes: "off" }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return ["-D", cluster, "-p", String(port), ...flags];
}

/** Waits as pg_ctl does, for the state in line 8 of the pid file. Without a limit: crash recovery may take long. */
async function untilReady({ child }: ServerProcess, options: ServerOptions): Promise<void> {
  for (;;) {
    options.signal?.throwIfAborted();
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
      throw new Error("PostgreSQL ended while starting");
    }
    const state = await readFile(join(options.cluster, "postmaster.pid"), "utf8").catch(() => "");
    const lines = state.split("\n");
    if (lines[0] === String(child.pid) && lines[7]?.trim() === "ready") return;
    await sleep(20);
  }
}

function lastComplaint(log: string): string {
  const lines = log.split("\n").filter((line) => /FATAL|PANIC|ERROR|LOG: {2}could not/.test(line));
  return lines.slice(-3).join(" / ") || log.trim().slice(-300) || "it said nothing";
}

/** Fast shutdown: rolls open transactions back and writes everything. Kills the server only when that hangs. */
export async function stopServer({ child, exited }: ServerProcess): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const patience = new AbortController();
    await Promise.race([exited, sleep(10_000, undefined, { signal: patience.signal })]);
    patience.abort();
  }
}
