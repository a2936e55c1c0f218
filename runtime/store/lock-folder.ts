import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";

const LOCK = "runtime.lock";
const HOLDER = "runtime.lock.json";
/** One that was just told to end may still be at it. */
const PATIENCE_MS = 1_000;

/**
 * Makes `dataDir` this runtime's own until it is released or the process ends, however it ends: two on
 * one folder would deliver everything twice and out of order. The lock is the operating system's, held
 * by a transaction of SQLite that never ends, so that nothing of it is left behind by a kill.
 *
 * @throws Error that names who has the folder, for the operator
 */
export function lockFolder(dataDir: string): { release: () => void } {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(path.join(dataDir, LOCK), { timeout: PATIENCE_MS });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    throw isBusy(error) ? new Error(explain(dataDir)) : error;
  }
  const holder = { process: process.pid, host: hostname(), since: new Date().toISOString() };
  writeFileSync(path.join(dataDir, HOLDER), `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  return { release: () => lock.close() };
}

/** SQLITE_BUSY (https://sqlite.org/rescode.html#busy). */
function isBusy(error: unknown): boolean {
  return (error as { errcode?: number }).errcode === 5;
}

function explain(dataDir: string): string {
  return (
    `${dataDir} is in use by another runtime${describeHolder(dataDir)}. Two on one folder would deliver ` +
    "everything twice. Stop that one, or set RUNTIME_DATA_DIR of this one to a folder of its own."
  );
}

/** For people only: what counts is the lock. */
function describeHolder(dataDir: string): string {
  try {
    const {
      process: id,
      host,
      since,
    } = JSON.parse(readFileSync(path.join(dataDir, HOLDER), "utf8")) as Record<string, unknown>;
    return ` (process ${id} on ${host}, since ${since})`;
  } catch {
    return "";
  }
}
