import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** Measurements of a console that runs in a process of its own. */
export type ConsoleVitals = { listeners: number; rss: number; heapUsed: number; external: number };

export type ConsoleProcess = {
  url: string;
  pid: number;
  /** Its output so far. */
  log: () => string;
  /** Measured after a garbage collection. */
  readVitals: () => Promise<ConsoleVitals>;
  /** How many held polls and open streams it has. */
  readListeners: () => Promise<number>;
  /** How it ended; null while it runs. */
  ending: () => string | null;
  kill: () => Promise<void>;
};

const SCRIPT = path.resolve(import.meta.dirname, "../../scripts/serve-without-pages.ts");

/** Starts a console on this database, in a process of its own. */
export async function startConsole({
  databaseUrl,
  port = 0,
  env = {},
}: {
  databaseUrl: string;
  port?: number;
  env?: Record<string, string>;
}): Promise<ConsoleProcess> {
  const child = fork(SCRIPT, [String(port)], {
    execArgv: ["--expose-gc", "--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, ...ENVIRONMENT, DATABASE_URL: databaseUrl, ...env },
  });
  let log = "";
  for (const output of [child.stdout, child.stderr]) {
    output?.on("data", (chunk: Buffer) => {
      log += chunk.toString();
    });
  }
  const started = await Promise.race([once(child, "message"), once(child, "exit")]);
  const [{ url } = { url: "" }] = started as [{ url?: string }];
  if (!url) throw new Error(`The console did not start: ${log}`);
  return {
    url,
    pid: child.pid ?? 0,
    log: () => log,
    readVitals: () => ask(child, "vitals"),
    readListeners: async () => (await ask(child, "listeners")).listeners,
    ending: () => child.signalCode ?? (child.exitCode === null ? null : `exit ${child.exitCode}`),
    kill: () => kill(child),
  };
}

const ENVIRONMENT = {
  NEXTAUTH_URL: "http://127.0.0.1:3000",
  NEXTAUTH_SECRET: "a secret of the tests, which is long enough",
};

async function ask(child: ChildProcess, question: "vitals" | "listeners"): Promise<ConsoleVitals> {
  const answered = once(child, "message");
  child.send(question);
  const [vitals] = (await answered) as [ConsoleVitals];
  return vitals;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}
