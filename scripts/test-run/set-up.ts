import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Shutdown } from "#lib/shutdown.ts";
import { startTemporaryPostgres } from "#postgres/temporary.ts";
import { createTemplate } from "#testing/database/database.ts";

export type Run = {
  signal: AbortSignal;
  /** A temporary folder of this run. */
  scratch: string;
  /** TEST_DATABASE_URL and TEST_TEMPLATE. */
  cluster: Record<string, string>;
};

const TEMPLATE = "template_console";

/** Creates what a run of tests needs: a folder and a PostgreSQL of its own, both gone when `shutdown` ends. */
export async function setUp(shutdown: Shutdown): Promise<Run> {
  const scratch = await mkdtemp(path.join(tmpdir(), "bsuid-console-run-"));
  shutdown.add(() => rm(scratch, { recursive: true, force: true }));
  const postgres = await startTemporaryPostgres();
  shutdown.add(postgres.stop);
  const url = postgres.superuserUrl("postgres");
  await createTemplate(url, TEMPLATE);
  const cluster = { TEST_DATABASE_URL: url, TEST_TEMPLATE: TEMPLATE };
  return { signal: shutdown.signal, scratch, cluster };
}
