// Locks between processes of one machine, on any Node: a file that names its holder. The holder is a
// process id and when that process started, so that neither a crash nor a reused id blocks anyone.
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Takes the lock, or returns the process id of its holder.
 * @returns {{ release: () => void, holder: null } | { release: null, holder: number }}
 */
export function tryLock(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  const mine = `${process.pid} ${startOf(process.pid)} ${randomUUID()}`;
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, mine, { mode: 0o644 });
  try {
    for (;;) {
      if (linkIfFree(draft, file)) return { release: releaseLater(file, mine), holder: null };
      const holder = read(file);
      const [pid, ...start] = holder.split(" ").slice(0, -1);
      if (holder !== "" && startOf(Number(pid)) === start.join(" ")) {
        return { release: null, holder: Number(pid) };
      }
      if (holder !== "") removeStale(file, holder);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Runs `work` while holding the lock; `onWait` is called once when another process has it. */
export async function withLock(file, onWait, work) {
  let lock = tryLock(file);
  if (lock.release === null) onWait(lock.holder);
  while (lock.release === null) {
    await sleep(200);
    lock = tryLock(file);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

function linkIfFree(draft, file) {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  }
}

function removeStale(file, expected) {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // someone else was quicker
  }
  // Between our read and rename another process may have removed it and taken the lock: restore that one.
  if (read(aside) !== expected) linkIfFree(aside, file);
  rmSync(aside, { force: true });
}

function releaseLater(file, mine) {
  const release = () => {
    process.off("exit", release);
    if (read(file) === mine) rmSync(file, { force: true });
  };
  process.on("exit", release);
  return release;
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** When a process started, in the system's own format; "" when there is no such process. */
function startOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  // Field 22, counted after the command's name, which may hold spaces and parentheses itself.
  if (stat !== "") return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "";
  }
}
