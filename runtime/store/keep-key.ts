import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { DATABASE_FILE } from "./database.ts";
import { StoreLoss } from "./store-loss.ts";

const FILE = "pseudonyms.key";
const BYTES = 32;

/**
 * The key of pseudonyms (pseudonyms.ts), made once and kept in `dataDir`, readable by its owner only. `onError`
 * is called when a new key has to be made beside an existing database.
 * @throws Error when the file does not contain a key
 */
export function keepKey(dataDir: string, onError: (error: unknown) => void): Buffer {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, FILE);
  const kept = readIfThere(file);
  if (kept === null) {
    // Reported first, so that a process that ends in between reports it next time.
    if (existsSync(path.join(dataDir, DATABASE_FILE))) onError(new StoreLoss(explainMissing(file)));
    return makeKey(file);
  }
  const key = Buffer.from(kept.trim(), "base64url");
  if (key.length === BYTES) return key;
  throw new Error(
    `${file} is damaged: it should hold ${BYTES} bytes in base64url. Restore it from a backup, or delete it: then messages that Meta repeats from before are taken for new.`,
  );
}

function explainMissing(file: string): string {
  return (
    `${file} is missing beside ${DATABASE_FILE}, and a new one is made. Messages that were dropped before may be ` +
    "delivered when Meta repeats them, and notices sealed with the old key cannot be read. If it was not " +
    "deleted on purpose, stop the runtime and restore it from a backup."
  );
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Writes a new key atomically, so that a crash leaves a complete key or none. */
function makeKey(file: string): Buffer {
  const key = randomBytes(BYTES);
  const draft = `${file}.new`;
  const descriptor = openSync(draft, "w", 0o600);
  writeFileSync(descriptor, `${key.toString("base64url")}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(draft, file);
  return key;
}
