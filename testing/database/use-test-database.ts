import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { refusals } from "#lib/access/refusal-log.ts";
import { closeDatabase } from "#lib/db/client.ts";
import { stopFlagFeed } from "#lib/flags/flag-feed.ts";
import { tokenMemory } from "#lib/tokens/token-memory.ts";
import { createTestDatabase } from "./database.ts";

/**
 * Gives the test file a migrated, empty database of its own, which all of lib/ then uses
 * with the application's role. Fails at the end if any two transactions locked each other out.
 *
 * @returns the superuser's address, for attacks and for breaking things on purpose
 */
export function useTestDatabase(): {
  ownerUrl: () => string;
  /** The application's address; with `port`, through a proxy (testing/database/tcp-proxy.ts). */
  appUrl: (port?: number) => string;
  port: () => number;
} {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let folder: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    folder = await mkdtemp(path.join(tmpdir(), "heads-"));
    process.env.AUDIT_HEAD_JOURNAL = path.join(folder, "audit-heads.jsonl");
    process.env.DATABASE_URL = database.appUrl;
    process.env.NEXTAUTH_URL = "http://127.0.0.1:3000";
    process.env.NEXTAUTH_SECRET = "a secret of the tests, which is long enough";
  });
  afterAll(async () => {
    await refusals().flush();
    await stopFlagFeed();
    tokenMemory().stop();
    await closeDatabase();
    const deadlocks = await database.countDeadlocks();
    await database.drop();
    await rm(folder, { recursive: true });
    expect(deadlocks, "deadlocks that PostgreSQL broke").toBe(0);
  });
  const port = () => Number(new URL(database.ownerUrl).port);
  const appUrl = (other = port()) => {
    const url = new URL(database.appUrl);
    url.port = String(other);
    return url.href;
  };
  return { ownerUrl: () => database.ownerUrl, appUrl, port };
}
