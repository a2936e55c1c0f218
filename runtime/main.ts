import path from "node:path";
import { EnvironmentError } from "#environment/read-environment.ts";
import { readSettings } from "./settings.ts";
import { startRuntime } from "./start-runtime.ts";

/** Supervisors kill a process after ten seconds. */
const MAX_STOP_MS = 9_000;

/** Runs the messaging runtime until a signal, or until the process that forked it is gone. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const runtime = await startRuntime(settings);
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    // In case something hangs: exiting frees the folder's lock and the port.
    setTimeout(() => process.exit(1), MAX_STOP_MS).unref();
    runtime.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  // Forked, as by the demo: send the address to the parent, and exit without it, since the next demo needs
  // the port. Work under way is on disk.
  process.on("disconnect", () => process.exit(0));
  if (process.send) process.send({ url: runtime.url });
  else process.stdout.write(screen(runtime, settings));
}

function screen(
  { url, businessId }: { url: string; businessId: string },
  { dataDir, apiKey, webhook }: ReturnType<typeof readSettings>,
): string {
  const key = apiKey === null ? path.join(dataDir, "access.json") : "RUNTIME_API_KEY";
  return `
  Messaging runtime is ready:  ${url}
  Meta's payloads go to ${url}/meta/webhook, the business's webhooks to ${new URL(webhook.url).origin}.
  Business ${businessId}; its API key is in ${key}. Ctrl-C stops it; the data stays in ${dataDir}.

`;
}

/** Explains what the operator can correct. */
function explain(error: unknown): string {
  if (error instanceof EnvironmentError) {
    const list = error.problems.map((problem) => `  - ${problem}`).join("\n");
    return `The runtime's settings cannot be used:\n${list}`;
  }
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") {
    return `${message}. Another program uses that port: stop it, or set RUNTIME_PORT to another one.`;
  }
  return message;
}

await main().catch((error: unknown) => {
  process.stderr.write(`\n${explain(error)}\n\n`);
  process.exit(1);
});
