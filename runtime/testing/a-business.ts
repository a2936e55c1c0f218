import { onTestFinished } from "vitest";
import { ContractServer, TOKEN } from "../../sdk/testing/contract-server.ts";
import { startReceiver } from "./a-receiver.ts";
import { aDataDir, startRuntimeProcess } from "./a-runtime.ts";
import { until } from "./until.ts";

/**
 * A runtime between a console that keeps the contract (sdk/testing/contract-server.ts) and a business's
 * webhook, all over HTTP. With `env` come settings of the runtime, with `limits` what the system lets the
 * first one do; `restart` starts another one on its data.
 */
export async function aBusiness(
  env: Record<string, string> = {},
  limits: { fileBlocks?: number } = {},
) {
  const console = await new ContractServer().start();
  const receiver = await startReceiver();
  onTestFinished(async () => {
    await console.stop();
    await receiver.close();
  });
  const settings = {
    CONSOLE_URL: console.url,
    RUNTIME_TOKEN: TOKEN,
    WEBHOOK_URL: receiver.url,
    RUNTIME_DATA_DIR: aDataDir(),
    ...env,
  };
  const start = async (limited = {}) => {
    const runtime = await startRuntimeProcess(settings, limited);
    await until(async () => (await readFlags(runtime.url)).cursor !== null, 10_000);
    return runtime;
  };
  return { console, receiver, settings, runtime: await start(limits), restart: () => start() };
}

/** What the runtime says of its flags. */
export async function readFlags(url: string) {
  const health = (await (await fetch(`${url}/healthz`)).json()) as {
    flags: { mode: string; cursor: string | null; stale: string | null };
  };
  return health.flags;
}
