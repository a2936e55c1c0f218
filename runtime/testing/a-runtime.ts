import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { readSettings } from "../settings.ts";
import { startRuntime } from "../start-runtime.ts";
import { WEBHOOK_SECRET } from "./a-receiver.ts";

const PROGRAM = path.join(import.meta.dirname, "..", "main.ts");

export const API_KEY = "the-api-key-of-the-business";
export const BUSINESS_ID = "business-1";

/** What `GET /deliveries` lists. */
type Delivery = {
  kind: "webhook" | "drop" | "refused";
  topic?: string;
  at: string;
  phoneNumberId: string;
  messageId: string;
  case: string;
  status?: string;
  attempts?: number;
  payload?: Record<string, unknown>;
  cursor?: string | null;
  why?: string;
};

/** Creates a folder for a runtime's data, removed after the test. */
export function aDataDir(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "bsuid-runtime-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

type RuntimeEnv = {
  CONSOLE_URL: string;
  RUNTIME_TOKEN: string;
  WEBHOOK_URL: string;
  RUNTIME_DATA_DIR: string;
  [name: string]: string;
};

/** Starts the runtime in this process, which takes a tenth of the time of a process of its own; it ends with the test. */
export async function startRuntimeHere(env: RuntimeEnv) {
  const settings = readSettings({ ...DEFAULTS, ...env, LOG_LEVEL: "silent" });
  const { url, close } = await startRuntime(settings);
  let closing: Promise<void> | null = null;
  const stop = () => {
    closing ??= close();
    return closing;
  };
  onTestFinished(stop);
  return { url, ...askedAt(url), stop };
}

/**
 * Starts the runtime as a process of its own; it ends with the test. `fileBlocks` limits the size of its files
 * to this many blocks of 512 bytes (1,024 in some shells), as if its disk were full.
 */
export async function startRuntimeProcess(
  env: RuntimeEnv,
  { fileBlocks = "unlimited" }: { fileBlocks?: number | "unlimited" } = {},
) {
  const program = `ulimit -f ${fileBlocks}; exec "$0" "$@"`;
  const child = spawn("/bin/sh", ["-c", program, process.execPath, PROGRAM], {
    env: { ...process.env, ...DEFAULTS, ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let log = "";
  for (const output of [child.stdout, child.stderr]) {
    output?.on("data", (chunk: Buffer) => {
      log += chunk.toString();
    });
  }
  onTestFinished(() => end(child, "SIGKILL"));
  const started = await Promise.race([once(child, "message"), once(child, "exit")]);
  const [{ url } = { url: "" }] = started as [{ url?: string }];
  if (!url) throw new Error(`The runtime did not start: ${log}`);
  return {
    url,
    pid: child.pid,
    log: () => log,
    ...askedAt(url),
    /** SIGKILL, as the kernel does when memory runs out. */
    kill: () => end(child, "SIGKILL"),
    stop: () => end(child, "SIGTERM"),
  };
}

function askedAt(url: string) {
  return {
    post: (payload: object | string, headers: Record<string, string> = {}) =>
      fetch(`${url}/meta/webhook`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: typeof payload === "string" ? payload : JSON.stringify(payload),
      }),
    deliveries: async (query: { limit?: number; messageId?: string } = {}): Promise<Delivery[]> => {
      const headers = { "x-api-key": API_KEY };
      const { limit = 500, ...of } = query;
      const asked = new URLSearchParams({ limit: String(limit), ...of });
      const answer = await fetch(`${url}/deliveries?${asked}`, { headers });
      return ((await answer.json()) as { items: Delivery[] }).items;
    },
  };
}

const DEFAULTS = {
  RUNTIME_PORT: "0",
  RUNTIME_INSTANCE_ID: "rt-test",
  RUNTIME_BUSINESS_ID: BUSINESS_ID,
  RUNTIME_API_KEY: API_KEY,
  WEBHOOK_SECRET,
  LOG_LEVEL: "debug",
};

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}
