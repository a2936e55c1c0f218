import { onTestFinished } from "vitest";
import { ContractServer, TOKEN } from "../../sdk/testing/contract-server.ts";
import { startReceiver } from "./a-receiver.ts";
import { aDataDir, startRuntimeHere, startRuntimeProcess } from "./a-runtime.ts";
import { until } from "./until.ts";

/**
 * A runtime between a console that keeps the contract (sdk/testing/contract-server.ts) and a business's
 * webhook, all over HTTP; the runtime is a process of its own, which can be killed. `env` has settings of the
 * runtime, `limits` system limits of the first process; `restart` starts another one on its data.
 */
export async function aBusiness(
  env: Record<string, string> = {},
  limits: { fileBlocks?: number } = {},
) {
  const around = await aroundRuntime(env);
  const start = (limited = {}) => startRuntimeProcess(around.settings, limited).then(withFlags);
  return { ...around, runtime: await start(limits), restart: () => start() };
}

/** A business with a runtime in the test's process: for tests that neither kill it nor read its log. */
export async function aBusinessHere(env: Record<string, string> = {}) {
  const around = await aroundRuntime(env);
  const start = () => startRuntimeHere(around.settings).then(withFlags);
  return { ...around, runtime: await start(), restart: start };
}

async function aroundRuntime(env: Record<string, string>) {
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
  return { console, receiver, settings };
}

async function withFlags<Runtime extends { url: string }>(runtime: Runtime): Promise<Runtime> {
  await until(async () => (await readFlags(runtime.url)).cursor !== null, 10_000);
  return runtime;
}

/** The runtime's own view of its flags, from /healthz. */
export async function readFlags(url: string) {
  const health = (await (await fetch(`${url}/healthz`)).json()) as {
    flags: { mode: string; cursor: string | null; stale: string | null };
  };
  return health.flags;
}
