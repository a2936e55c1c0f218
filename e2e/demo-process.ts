import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "#postgres/free-port.ts";
import { removeDataDir } from "#postgres/temporary.ts";
import { shellEnv } from "#testing/shell-env.ts";
import { WEBHOOK_SECRET } from "../runtime/testing/a-receiver.ts";

type Demo = {
  url: string;
  people: { email: string; password: string; role: string }[];
  tokens: { support: string; auditor: string };
  runtime: { url: string; businessId: string; apiKey: string; webhookUrl: string };
};

const READY = "Ctrl-C stops everything";
const START_MS = 120_000;

/**
 * Starts what `npm start` starts, with its own data: PostgreSQL, console, messaging runtime and inbox,
 * each in a process. The business's webhooks go to `webhookUrl`.
 */
export async function startDemoProcess({ webhookUrl }: { webhookUrl: string }) {
  const dataDir = await mkdtemp(path.join(tmpdir(), "bsuid-console-story-"));
  // When run as root, PostgreSQL's own account needs access.
  await chmod(dataDir, 0o711);
  const child = spawn(process.execPath, ["scripts/serve.ts"], {
    env: {
      ...shellEnv(),
      NODE_ENV: "production",
      PORT: String(await freePort()),
      DATA_DIR: dataDir,
      WEBHOOK_URL: webhookUrl,
      WEBHOOK_SECRET,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  let output = "";
  const isReady = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes(READY)) resolve();
      });
    }
  });
  const tooLong = setTimeout(() => child.kill("SIGTERM"), START_MS);
  await Promise.race([isReady, exited]);
  clearTimeout(tooLong);
  if (!output.includes(READY)) throw new Error(`The demo did not start: ${output}`);
  const demo = JSON.parse(await readFile(path.join(dataDir, "demo.json"), "utf8")) as Demo;
  return {
    ...demo,
    /** Sends SIGKILL, as the kernel does when memory runs out. The demo restarts it. */
    killPostgres: async () => {
      const pid = await readFile(path.join(dataDir, "postgres", "postmaster.pid"), "utf8");
      process.kill(Number.parseInt(pid, 10), "SIGKILL");
    },
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
      await removeDataDir(dataDir);
    },
  };
}

export type DemoProcess = Awaited<ReturnType<typeof startDemoProcess>>;
