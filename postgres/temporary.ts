import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { tryLock } from "#lib/process-lock.mjs";
import { type Postgres, type PostgresOptions, startPostgres } from "./embedded-postgres.ts";
import { stopOrphan } from "./orphan.ts";
import { SHARED_HOME } from "./placement.ts";

const PREFIX = "bsuid-console-postgres-";
const LOCK = "run.lock";

type TemporaryOptions = Pick<PostgresOptions, "durable" | "restartAfterMs">;

/** Starts a PostgreSQL for tests: not durable unless asked for, and gone without a trace after `stop`. */
export async function startTemporaryPostgres({
  durable = false,
  restartAfterMs,
}: TemporaryOptions = {}): Promise<Postgres> {
  await sweep();
  const dataDir = await mkdtemp(path.join(tmpdir(), PREFIX));
  tryLock(path.join(dataDir, LOCK));
  // When root runs the tests, PostgreSQL's own account has to pass through.
  await chmod(dataDir, 0o711);
  const password = randomBytes(18).toString("base64url");
  const log = console.error;
  const postgres = await startPostgres({ dataDir, password, log, durable, restartAfterMs });
  return {
    ...postgres,
    stop: async () => {
      await postgres.stop();
      await removeDataDir(dataDir);
    },
  };
}

/** Removes what killed runs left behind, servers included. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const dataDir = path.join(tmpdir(), name);
    const lock = path.join(dataDir, LOCK);
    if (!name.startsWith(PREFIX) || !existsSync(lock)) continue;
    try {
      if (tryLock(lock).release === null) continue;
      await stopOrphan(path.join(dataDir, "postgres"), console.error);
      await removeDataDir(dataDir);
    } catch {
      // It is another user's, or another process is removing it right now.
    }
  }
}

/** Removes a DATA_DIR, and its cluster when that is elsewhere. */
export async function removeDataDir(dataDir: string): Promise<void> {
  const cluster = await realpath(path.join(dataDir, "postgres")).catch(() => dataDir);
  if (cluster.startsWith(`${SHARED_HOME}/`)) {
    await rm(path.dirname(cluster), { recursive: true, force: true });
  }
  await rm(dataDir, { recursive: true, force: true });
}
