import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#postgres/free-port.ts";
import type { Stage } from "./stage.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const READY_SECONDS = 60;

/**
 * Starts the build with `next start`, without server.ts: Next itself serves every route.
 *
 * @returns its address, once it serves flags
 */
export async function startBareNext(stage: Stage): Promise<string> {
  if (!existsSync(path.join(ROOT, ".next", "BUILD_ID"))) {
    throw new Error("The console is not built: run npx next build first.");
  }
  const url = `http://127.0.0.1:${await freePort()}`;
  const program = path.join(ROOT, "node_modules", "next", "dist", "bin", "next");
  const args = [program, "start", "--hostname", "127.0.0.1", "--port", new URL(url).port];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "production", NEXTAUTH_URL: url },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const exited = once(child, "exit");
  stage.add(async () => {
    child.kill("SIGTERM");
    await exited;
  });
  for (let second = 0; second < READY_SECONDS; second += 1) {
    const status = await fetch(`${url}/readyz`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return url;
    await sleep(1_000);
  }
  throw new Error("Next did not become ready.");
}
