import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";

const FILE = "pseudonyms.key";
const BYTES = 32;

/**
 * The key of pseudonyms (pseudonyms.ts), made once and kept in `dataDir` for its owner alone.
 * @throws Error when what is there is no key
 */
export function keepKey(dataDir: string): Buffer {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, FILE);
  const kept = readIfThere(file);
  if (kept === null) return makeKey(file);
  const key = Buffer.from(kept.trim(), "base64url");
  if (key.length === BYTES) return key;
  throw new Error(
    `${file} is damaged: it should hold ${BYTES} bytes in base64url. Restore it from a backup, or delete it: then messages that Meta repeats from before are taken for new.`,
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

/** There is a whole key or none, whenever the process or the machine ends. */
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
