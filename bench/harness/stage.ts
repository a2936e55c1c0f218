import { chmod, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { closeDatabase, setDatabase } from "#lib/db/client.ts";
import { tokenMemory } from "#lib/tokens/token-memory.ts";
import { type Postgres, startPostgres } from "#postgres/embedded-postgres.ts";
import { removeDataDir } from "#postgres/temporary.ts";
import {
  createTemplate,
  createTestDatabase,
  type TestDatabase,
} from "#testing/database/database.ts";
import { RUNTIME_ENGINE } from "../../runtime/engine-options.mjs";
import { type Program, startProgram } from "./program.ts";

const TEMPLATE = "template_console";

/** The database and programs of one benchmark, all gone after `clear`. */
export class Stage {
  readonly #stops: (() => Promise<void> | void)[] = [];

  add(stop: () => Promise<void> | void): void {
    this.#stops.push(stop);
  }

  /**
   * A migrated, empty database on a PostgreSQL that flushes each commit to disk, as in
   * production. All of lib/ in this process, and the programs started from now on, use it.
   */
  async database(): Promise<TestDatabase & { postgres: Postgres }> {
    const dataDir = await mkdtemp(path.join(tmpdir(), "bsuid-console-bench-"));
    this.add(() => removeDataDir(dataDir));
    // When root runs the benchmark, PostgreSQL's own account has to pass through.
    await chmod(dataDir, 0o711);
    const password = "of-a-benchmark";
    const postgres = await startPostgres({ dataDir, password, log: console.error });
    this.add(postgres.stop);
    const clusterUrl = postgres.superuserUrl("postgres");
    await createTemplate(clusterUrl, TEMPLATE);
    Object.assign(process.env, { TEST_DATABASE_URL: clusterUrl, TEST_TEMPLATE: TEMPLATE });
    const database = await createTestDatabase();
    Object.assign(process.env, {
      DATABASE_URL: database.appUrl,
      AUDIT_HEAD_JOURNAL: path.join(dataDir, "audit-heads.jsonl"),
      NEXTAUTH_SECRET: "for-the-benchmarks-only-0123456789abcd",
      LOG_LEVEL: "error",
    });
    setDatabase(database.appUrl);
    this.add(async () => {
      tokenMemory().stop();
      await closeDatabase();
    });
    return { ...database, postgres };
  }

  /** Starts a program of bench/programs in a process of its own, with the console's engine options. */
  async start(name: string, settings: object = {}): Promise<Program> {
    return await this.#start(name, { settings, engineOptions: process.execArgv });
  }

  /** Starts a program of bench/programs in a process of its own, with the messaging runtime's engine options. */
  async startRuntime(name: string, settings: object = {}): Promise<Program> {
    return await this.#start(name, { settings, engineOptions: RUNTIME_ENGINE });
  }

  /** Stops everything, last started first. */
  async clear(): Promise<void> {
    for (let stop = this.#stops.pop(); stop; stop = this.#stops.pop()) await stop();
  }

  async #start(...[name, how]: Parameters<typeof startProgram>): Promise<Program> {
    const program = await startProgram(name, how);
    this.add(program.stop);
    return program;
  }
}
