import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { describe, FlagClientError } from "../flag-client-error.ts";
import { decodeState, type StateRecord } from "./state-record.ts";

/** After this age a half-written file is left over from a killed process; another process's write is younger. */
const LEFT_OVER_AFTER_MS = 60_000;

/**
 * Reads the last known flags of this console; null when there are none yet. Synchronous, since the first
 * lookup may come right after.
 * @throws FlagClientError STATE_FILE for a file that cannot be used
 */
export function readStateFile(file: string, url: string): StateRecord | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return null;
    const message = `The state file cannot be read: ${describe(thrown)}`;
    throw new FlagClientError("STATE_FILE", message, { cause: thrown });
  }
  return decodeState(text, url);
}

/** Removes half-written files that a killed process left beside the state file. */
export function removeLeftOvers(file: string): void {
  const folder = path.dirname(file);
  const isLeftOver = (name: string) =>
    name.startsWith(`${path.basename(file)}.`) && /\.[0-9]+\.tmp$/.test(name);
  try {
    for (const name of readdirSync(folder).filter(isLeftOver)) {
      const file = path.join(folder, name);
      const ageMs = Date.now() - statSync(file).mtimeMs;
      if (ageMs > LEFT_OVER_AFTER_MS) rmSync(file, { force: true });
    }
  } catch {
    // Only tidying up: another process may be doing it, too.
  }
}
