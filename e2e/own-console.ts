import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "@playwright/test";
import { freePort } from "#postgres/free-port.ts";
import { shellEnv } from "#testing/shell-env.ts";

const START_MS = 60_000;
const ROOT = path.resolve(import.meta.dirname, "..");

/**
 * Starts what `npm start` runs for an operator with their own database.
 *
 * @param settings override the default settings
 * @param where the checkout it runs from, and its port, where they matter
 */
export async function startOwnConsole(
  databaseUrl: string,
  settings: NodeJS.Dict<string> = {},
  where: { root?: string; port?: number } = {},
) {
  const { root = ROOT, port = await freePort() } = where;
  const url = `http://127.0.0.1:${port}`;
  const journal = path.join(tmpdir(), `bsuid-console-heads-${process.pid}-${port}.jsonl`);
  const child = spawn(process.execPath, ["scripts/serve.ts"], {
    cwd: root,
    env: {
      ...shellEnv(),
      NODE_ENV: "production",
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      // A journal for this database only.
      AUDIT_HEAD_JOURNAL: journal,
      NEXTAUTH_URL: url,
      NEXTAUTH_SECRET: "for-the-browser-tests-only-0123456789",
      PASSWORD_SIGN_IN: "on",
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  void exited.then(() => rm(journal, { force: true }));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return {
    url,
    /** Its output so far. */
    readOutput: () => output,
    waitForOutput: (words: string | RegExp, timeout = START_MS) =>
      expect.poll(() => output, { timeout }).toMatch(words),
    /** The exit code; null while it runs. */
    exitCode: () => child.exitCode,
    readReadiness: () => readReadiness(url),
    /** Stops it as Ctrl-C does; resolves to the exit code. */
    stop: async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await exited;
      return child.exitCode;
    },
  };
}

async function readReadiness(url: string): Promise<string> {
  const answer = await fetch(`${url}/readyz`);
  const { status, database } = (await answer.json()) as { status: string; database: string };
  return `${answer.status} ${status} ${database}`;
}
