import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Postgres, startPostgres } from "../embedded-postgres.ts";
import { SHARED_HOME } from "./placement.ts";

/** A PostgreSQL for tests: fast, not durable, and gone without a trace after `stop`. */
export async function startTemporaryPostgres(): Promise<Postgres> {
  const dataDir = await mkdtemp(join(tmpdir(), "bsuid-console-test-"));
  // As root, PostgreSQL's own account has to pass through.
  await chmod(dataDir, 0o711);
  const password = randomBytes(18).toString("base64url");
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const postgres = await startPostgres({ dataDir, password, log, durable: false });
  return {
    ...postgres,
    stop: async () => {
      await postgres.stop();
      await removeDataDir(dataDir);
    },
  };
}

/** Removes a DATA_DIR with the cluster it may have elsewhere. */
export async function removeDataDir(dataDir: string): Promise<void> {
  const cluster = await realpath(join(dataDir, "postgres")).catch(() => dataDir);
  if (cluster.startsWith(`${SHARED_HOME}/`)) {
    await rm(join(cluster, ".."), { recursive: true, force: true });
  }
  await rm(dataDir, { recursive: true, force: true });
}
