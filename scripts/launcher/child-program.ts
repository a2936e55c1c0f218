import { type ChildProcess, fork, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { LaunchError } from "./launch-error.ts";
import { tell } from "./progress.ts";

type Program = { what: string; file: string; env: NodeJS.ProcessEnv };

const RESTART_AFTER_MS = 1_000;
const STOP_MS = 5_000;

/**
 * Runs a program beside the console: restarts it when it ends by itself, and it ends with the console,
 * however that ends (the program has to exit on `disconnect`). It sends `{url}` once it serves.
 *
 * @throws LaunchError with the program's own output when it does not start
 */
export async function startChildProgram(
  program: Program,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const { what } = program;
  let isStopping = false;
  const first = await start(program);
  let { child } = first;
  const watch = async () => {
    await ended(child);
    while (!isStopping) {
      tell(`${what} ended; starting it again.`);
      await sleep(RESTART_AFTER_MS);
      if (isStopping) return;
      try {
        ({ child } = await start(program));
        await ended(child);
      } catch (error) {
        tell(String(error instanceof Error ? error.message : error));
      }
    }
  };
  const watching = watch();
  const stop = async () => {
    isStopping = true;
    child.kill("SIGTERM");
    const tooLong = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await watching;
    clearTimeout(tooLong);
  };
  return { url: first.url, stop };
}

async function start({ what, file, env }: Program) {
  // Detached, so that a terminal's Ctrl-C reaches only the console, which stops its programs in order.
  const detached = process.platform !== "win32";
  const stdio: StdioOptions = ["ignore", "inherit", "pipe", "ipc"];
  const child = fork(file, { env, execArgv: [], detached, stdio });
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000);
  });
  const serving = once(child, "message") as Promise<[{ url: string }]>;
  const first = await Promise.race([serving, once(child, "exit").then(() => null)]);
  if (first === null) throw new LaunchError(`${what} did not start: ${complaint.trim()}`);
  child.stderr?.removeAllListeners("data").pipe(process.stderr);
  return { child, url: first[0].url };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}
