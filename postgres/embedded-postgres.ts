import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findBinaries } from "./binaries.ts";
import { createCluster } from "./create-cluster.ts";
import { freePort } from "./free-port.ts";
import { stopOrphan } from "./orphan.ts";
import { serverAccount } from "./os-account.ts";
import { placeCluster, SHARED_HOME } from "./placement.ts";
import { launchServer, type ServerOptions, stopServer } from "./server-process.ts";

export type PostgresOptions = {
  /** The cluster is in `dataDir`/postgres. The caller ensures that nobody else uses `dataDir`. */
  dataDir: string;
  /** The superuser's. Set when the cluster is made; has to be the same from then on. */
  password: string;
  log: (line: string) => void;
  /** False, for tests, flushes nothing to disk. */
  durable?: boolean;
  /** How long to wait before restarting it after it ended by itself; tests set it to stage an outage. */
  restartAfterMs?: number | undefined;
  signal?: AbortSignal | undefined;
};

export type Postgres = {
  port: number;
  /** The process id of the running server; it changes after a crash. */
  pid: () => number | undefined;
  superuserUrl: (database: string) => string;
  stop: () => Promise<void>;
};

const MAX_PAUSE_MS = 5_000;
const CALM_MS = 60_000;

/** Starts PostgreSQL on loopback and keeps it running until `stop`. Makes the cluster on first use. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { log, password, signal, durable = true, restartAfterMs = 100 } = options;
  const dataDir = resolve(options.dataDir);
  const account = await serverAccount();
  const binaries = await findBinaries(account, account === null ? dataDir : SHARED_HOME);
  const cluster = await placeCluster(dataDir, account, log);
  await stopOrphan(cluster, log);
  await createCluster({ cluster, binaries, account, password, durable, signal });

  const logFile = join(dataDir, "postgres.log");
  await rm(logFile, { force: true });
  const launch = { binaries, cluster, account, durable, logFile, signal };
  const server = await keepRunning({ ...launch, log, restartAfterMs });
  return {
    ...server,
    superuserUrl: (database) =>
      `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${server.port}/${database}`,
  };
}

type Supervised = Omit<ServerOptions, "port"> & {
  log: (line: string) => void;
  restartAfterMs: number;
};

async function keepRunning(options: Supervised): Promise<Omit<Postgres, "superuserUrl">> {
  const { log, restartAfterMs } = options;
  const stopping = new AbortController();
  const { port, server } = await launchOnFreePort(options);
  let current = server;

  const watch = async () => {
    let pause = restartAfterMs;
    for (;;) {
      const startedAt = Date.now();
      await current.exited;
      if (stopping.signal.aborted) return;
      if (Date.now() - startedAt > CALM_MS) pause = restartAfterMs;
      log(`PostgreSQL ended by itself; starting it again (its log: ${options.logFile})`);
      await sleep(pause, undefined, { signal: stopping.signal });
      pause = Math.min(pause * 2, MAX_PAUSE_MS);
      const again = { ...options, port, signal: stopping.signal };
      current = await launchServer(again).catch(() => current);
    }
  };
  const watching = watch().catch(() => undefined);

  const stop = async () => {
    stopping.abort();
    await stopServer(current);
    await watching;
    await stopServer(current);
  };
  return { port, pid: () => current.child.pid, stop };
}

async function launchOnFreePort(options: Supervised, attempts = 3) {
  const port = await freePort();
  try {
    return { port, server: await launchServer({ ...options, port }) };
  } catch (error) {
    // Another program took the port after we found it free and before PostgreSQL bound it.
    const isTaken = error instanceof Error && /could not bind/.test(error.message);
    if (!isTaken || attempts <= 1) throw error;
    return await launchOnFreePort(options, attempts - 1);
  }
}
