import { constants, createReadStream } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../errors.ts";
import { readLines } from "../../read-lines.ts";
import { syncFolder } from "../../sync-folder.ts";
import type { SignedHead } from "./signed-head.ts";

/**
 * One line of JSON in a console's journal: a file on its own disk, out of reach of whoever controls the
 * database. A head is written here before its transaction commits; `notStored`, a head's hash, takes back
 * the head in the line before, which was never stored.
 */
type JournalLine = { head: SignedHead } | { notStored: string };

/** Far more than the last head and the line that may take it back. */
const TAIL_BYTES = 65_536;
const LINE_FEED = 0x0a;

/**
 * Appends a line to a journal, and flushes it to disk.
 *
 * @throws AppError UNAVAILABLE when it cannot be written
 */
export async function appendToJournal(file: string, line: JournalLine): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await using handle = await open(file, constants.O_RDWR | constants.O_CREAT, 0o600);
    const { end } = await readTail(handle);
    // Cut off what a crash left of a line: its head was not stored.
    await handle.truncate(end);
    const text = `${JSON.stringify("head" in line ? line.head : line)}\n`;
    await handle.write(Buffer.from(text), 0, null, end);
    await handle.sync();
    if (end === 0) await syncFolder(path.dirname(file));
  } catch (error) {
    throw unusable(file, error);
  }
}

/**
 * The journal's last head that was not taken back; null when there is none, or no file.
 *
 * @throws AppError UNAVAILABLE when it cannot be read, or its end is damaged
 */
export async function readLastOfJournal(file: string): Promise<SignedHead | null> {
  try {
    await using handle = await open(file, "r");
    return findLast((await readTail(handle)).lines);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw unusable(file, error);
  }
}

/** A head is taken back by the line right after it. */
function findLast(lines: readonly string[]): SignedHead | null {
  let isTakenBack = false;
  for (const text of lines.toReversed()) {
    const line = parseLine(text);
    if (!line) throw new Error("a line of it is damaged");
    if (!("head" in line)) isTakenBack = true;
    else if (isTakenBack) isTakenBack = false;
    else return line.head;
  }
  return null;
}

/**
 * All heads of a journal that were not taken back, oldest first.
 *
 * @throws AppError UNAVAILABLE when it cannot be read, or a line is damaged
 */
export async function* readJournal(file: string): AsyncGenerator<SignedHead> {
  let before: SignedHead | null = null;
  let lineNumber = 0;
  try {
    for await (const bytes of readLines(createReadStream(file))) {
      lineNumber += 1;
      // Ignore what a crash left of a line: its head was not stored.
      if (bytes.at(-1) !== LINE_FEED) break;
      const line = parseLine(bytes.toString("utf8"));
      if (!line) throw new Error(`line ${lineNumber} is damaged`);
      if (before && "head" in line) yield before;
      before = "head" in line ? line.head : null;
    }
  } catch (error) {
    throw unusable(file, error);
  }
  if (before) yield before;
}

/** The file's last complete lines, and the offset where the last one ends. */
async function readTail(handle: FileHandle): Promise<{ lines: string[]; end: number }> {
  const { size } = await handle.stat();
  const length = Math.min(size, TAIL_BYTES);
  const from = size - length;
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, from);
  const whole = buffer.lastIndexOf(LINE_FEED) + 1;
  if (whole === 0 && from > 0) throw new Error("its end is damaged");
  const lines = buffer.toString("utf8", 0, whole).split("\n").slice(0, -1);
  return { lines: from > 0 ? lines.slice(1) : lines, end: from + whole };
}

function parseLine(text: string): JournalLine | null {
  try {
    const value = JSON.parse(text) as Partial<SignedHead> & { notStored?: unknown };
    if (typeof value.notStored === "string") return { notStored: value.notStored };
    const texts = [value.origin, value.hash, value.signedAt, value.previous, value.keyId];
    const isHead = [...texts, value.signature].every((part) => typeof part === "string");
    return isHead && Number.isSafeInteger(value.seq) ? { head: value as SignedHead } : null;
  } catch {
    return null;
  }
}

function unusable(file: string, error: unknown): AppError {
  const why = error instanceof Error ? error.message : String(error);
  return new AppError(
    "UNAVAILABLE",
    `The journal of signed heads ${file} cannot be used: ${why}. No head is signed until it can. Check its disk and permissions, or set AUDIT_HEAD_JOURNAL.`,
  );
}
