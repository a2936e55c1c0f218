import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { tryLock } from "#lib/process-lock.mjs";
import { makePassableFolder } from "#postgres/passable-folder.ts";
import { LaunchError } from "./launch-error.ts";

const REASONS: Record<string, string> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "that file system is read-only",
  ENOSPC: "that file system is full",
  ENOTDIR: "a part of that path is a file, not a folder",
  EEXIST: "there is a file of that name, not a folder",
};

/**
 * Creates DATA_DIR and locks it for this process until the returned function is called.
 * @throws LaunchError when it cannot be written or another console uses it
 */
export async function takeDataDir(dataDir: string): Promise<() => void> {
  await proveWritable(dataDir);
  const lock = tryLock(path.join(dataDir, "console.lock"));
  if (lock.release !== null) return lock.release;
  throw new LaunchError(
    `A console is already running on ${dataDir} (process ${lock.holder}). Use that one, stop it first, or start this one with a DATA_DIR and PORT of its own.`,
  );
}

async function proveWritable(dataDir: string): Promise<void> {
  try {
    await makePassableFolder(dataDir);
    const probe = path.join(dataDir, `.probe-${process.pid}`);
    await writeFile(probe, "");
    await rm(probe);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new LaunchError(
      `DATA_DIR ${dataDir} cannot be written: ${REASONS[code] ?? message}. Set DATA_DIR to a folder that can.`,
    );
  }
}
