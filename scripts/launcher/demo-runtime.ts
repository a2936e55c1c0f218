import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkPort } from "./check-port.ts";
import { startChildProgram } from "./child-program.ts";
import { LaunchError } from "./launch-error.ts";
import { tell } from "./progress.ts";
import { keepRuntimeSecrets } from "./runtime-secrets.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const PORT_PATIENCE_MS = 3_000;
const PORT_POLL_MS = 200;

/** The runtime's settings that the demo passes on from its own environment. */
const PASSED_ON = [
  "META_APP_SECRET",
  "META_VERIFY_TOKEN",
  "BSUID_SENDING",
  "GRAPH_API_URL",
  "GRAPH_API_TOKEN",
  "AUTHENTICATION_TEMPLATES",
  "WEBHOOK_URL",
  "WEBHOOK_SECRET",
  "WEBHOOK_GIVE_UP_HOURS",
  "LOG_LEVEL",
] as const;

/** The `runtime` object of demo.json, and the address of the business's page. */
export type DemoRuntime = {
  about: { url: string; businessId: string; apiKey: string; webhookUrl: string };
  inboxUrl: string;
};

/** The port after the console's; if that is in use, says so and returns 0, which means any free one. */
async function findPort(host: string, consolePort: number): Promise<number> {
  const port = consolePort + 1;
  const deadline = Date.now() + PORT_PATIENCE_MS;
  for (;;) {
    try {
      if (port <= 65_535) await checkPort(host, port);
      return port <= 65_535 ? port : 0;
    } catch (error) {
      if (!(error instanceof LaunchError)) throw error;
      // The runtime of a console that was just killed ends by itself in a moment.
      if (Date.now() < deadline) await sleep(PORT_POLL_MS);
      else return takeAnyFreePort(port);
    }
  }
}

function takeAnyFreePort(port: number): 0 {
  tell(
    `Port ${port} is in use by another program: the messaging runtime takes a free one instead.`,
  );
  return 0;
}

/** Starts the messaging runtime beside the console, and an inbox that plays the business's part. */
export async function startDemoRuntime(options: {
  consoleUrl: string;
  host: string;
  consolePort: number;
  dataDir: string;
  tokens: { runtime: string; provisioning: string };
  onStarted: (stop: () => Promise<void>) => void;
}): Promise<DemoRuntime> {
  const { consoleUrl, host, dataDir, tokens, onStarted } = options;
  const port = await findPort(host, options.consolePort);
  const { businessId, apiKey, webhookSecret, verifyToken } = await keepRuntimeSecrets(dataDir);
  const inbox = await startChildProgram({
    what: "The business's inbox",
    file: path.join(ROOT, "scripts", "demo", "inbox.ts"),
    env: {
      ...inherited(),
      INBOX_HOST: host,
      INBOX_PORT: String(port === 0 ? 0 : port + 1),
      webhookSecret,
    },
  });
  onStarted(inbox.stop);
  const settings = {
    LOG_LEVEL: "error",
    META_VERIFY_TOKEN: verifyToken,
    WEBHOOK_URL: `${inbox.url}/webhook`,
    WEBHOOK_SECRET: webhookSecret,
    ...passedOn(),
    CONSOLE_URL: consoleUrl,
    RUNTIME_TOKEN: tokens.runtime,
    ROSTER_TOKEN: tokens.provisioning,
    RUNTIME_HOST: host,
    RUNTIME_PORT: String(port),
    RUNTIME_DATA_DIR: path.join(dataDir, "runtime"),
    RUNTIME_BUSINESS_ID: businessId,
    RUNTIME_API_KEY: apiKey,
    RUNTIME_INSTANCE_ID: "demo-runtime",
  };
  const runtime = await startChildProgram({
    what: "The messaging runtime",
    file: path.join(ROOT, "runtime", "main.ts"),
    env: { ...inherited(), ...settings },
  });
  onStarted(runtime.stop);
  const about = { url: runtime.url, businessId, apiKey, webhookUrl: settings.WEBHOOK_URL };
  return { about, inboxUrl: inbox.url };
}

/** Not the whole environment: these programs have no business with the console's database and secrets. */
function inherited(): NodeJS.ProcessEnv {
  const { PATH = "", NODE_ENV = "production" } = process.env;
  return { PATH, NODE_ENV };
}

function passedOn(): Record<string, string> {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => {
      const value = process.env[name];
      return value ? [[name, value]] : [];
    }),
  );
}
