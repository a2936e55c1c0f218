/** Primary result codes of SQLite (https://sqlite.org/rescode.html). */
const IOERR = 10;
const FULL = 13;

/** What the operator can do about an error that says that the disk cannot be written; null for any other error. */
export function describeDiskTrouble(error: unknown): string | null {
  const { errcode, syscall } = (error ?? {}) as { errcode?: unknown; syscall?: unknown };
  if (syscall === "fdatasync") {
    return "RUNTIME_DATA_DIR is on a disk that failed to flush: mend it, then restart the runtime";
  }
  // The lower eight bits of an extended code are its primary code.
  const primary = typeof errcode === "number" ? errcode & 0xff : null;
  if (primary === FULL) return "RUNTIME_DATA_DIR is on a full disk: make room";
  if (primary === IOERR) return "RUNTIME_DATA_DIR cannot be written: look at its disk";
  return null;
}
