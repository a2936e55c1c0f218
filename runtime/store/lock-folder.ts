import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";

const LOCK = "runtime.lock";
const HOLDER = "runtime.lock.json";
/** A runtime that was just told to stop may still be stopping. */
const PATIENCE_MS = 1_000;

/**
 * Locks `dataDir` for this runtime until it is released or the process ends in any way: two runtimes on one
 * folder would deliver everything twice and out of order. An endless SQLite transaction holds the operating
 * system's lock, so that a kill leaves nothing of it behind.
 *
 * @throws Error that names the holder of the folder, for the operator
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

/** Who holds the folder, for people only; the lock itself decides. */
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
