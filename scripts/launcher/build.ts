import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { constants, setPriority } from "node:os";
import path from "node:path";
import { withLock } from "#lib/process-lock.mjs";
import { ACTIONS_KEY, keepActionsKey, readGivenActionsKey } from "./actions-key.ts";
import { LaunchError } from "./launch-error.ts";
import { hashSources } from "./source-hash.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const MARKER = path.join(ROOT, ".next", "built-from");

/** Whether the build in .next is complete, of the current sources, and with the key that is set, if one is. */
export async function isBuilt(): Promise<boolean> {
  return (await readFile(MARKER, "utf8").catch(() => "")) === (await toMarker());
}

async function toMarker(): Promise<string> {
  const sources = await hashSources(ROOT);
  return createHash("sha256")
    .update(`${sources}\n${readGivenActionsKey() ?? ""}`)
    .digest("hex");
}

/**
 * Builds the web application unless it is built. Several processes take turns; the first one builds for all.
 * @throws LaunchError with Next's own output when it fails
 */
export async function build(options: {
  /** The folder for the key of the server actions when none is set. */
  dataDir: string;
  tell: (line: string) => void;
  signal?: AbortSignal;
  /** Builds at low CPU priority. */
  isInBackground?: boolean;
}): Promise<void> {
  const { dataDir, tell, signal, isInBackground = false } = options;
  const onWait = (holder: number) => tell(`Waiting for the build that process ${holder} is making`);
  await withLock(path.join(ROOT, ".cache", "build.lock"), onWait, async () => {
    signal?.throwIfAborted();
    const marker = await toMarker();
    if ((await readFile(MARKER, "utf8").catch(() => "")) === marker) return;
    // Without the marker, an interrupted build counts as not built.
    await rm(MARKER, { force: true });
    const actionsKey = readGivenActionsKey() ?? (await keepActionsKey(dataDir));
    await runNextBuild({ actionsKey, version: marker.slice(0, 16), signal, isInBackground });
    await mkdir(path.dirname(MARKER), { recursive: true });
    await writeFile(MARKER, marker);
  });
}

async function runNextBuild(options: {
  actionsKey: string;
  version: string;
  signal: AbortSignal | undefined;
  isInBackground: boolean;
}): Promise<void> {
  const { actionsKey, version, signal, isInBackground } = options;
  const next = path.join(ROOT, "node_modules", "next", "dist", "bin", "next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      [ACTIONS_KEY]: actionsKey,
      CONSOLE_BUILD: version,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // Set before it has threads and children, which inherit the priority.
  if (isInBackground && child.pid !== undefined) {
    setPriority(child.pid, constants.priority.PRIORITY_LOW);
  }
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const stop = () => child.kill("SIGTERM");
  signal?.addEventListener("abort", stop);
  const [code] = (await once(child, "close")) as [number | null];
  signal?.removeEventListener("abort", stop);
  signal?.throwIfAborted();
  if (code === 0) return;
  throw new LaunchError(
    `${output.trim()}\n\nThe web application could not be built; Next says above why. If it ran out of memory or was killed, start again.`,
  );
}
