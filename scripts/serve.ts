import { rm } from "node:fs/promises";
import path from "node:path";
import { EnvironmentError } from "#environment/read-environment.ts";
import { type Config, EMBEDDED_MARKER, readConfig } from "#lib/config.ts";
import { MigrationError } from "#lib/db/migration-error.ts";
import { Shutdown } from "#lib/shutdown.ts";
import { build, isBuilt } from "./launcher/build.ts";
import { checkPort, toListenError } from "./launcher/check-port.ts";
import { keepSecrets } from "./launcher/console-secrets.ts";
import { takeDataDir } from "./launcher/data-dir.ts";
import { startDemoInstances } from "./launcher/demo-instances.ts";
import { startDemoRuntime } from "./launcher/demo-runtime.ts";
import { openEmbeddedDatabase } from "./launcher/embedded-database.ts";
import { openExternalDatabase } from "./launcher/external-database.ts";
import { LaunchError } from "./launcher/launch-error.ts";
import { toMissingLines } from "./launcher/missing-setup.ts";
import { writePrivateJson } from "./launcher/private-file.ts";
import { step, tell } from "./launcher/progress.ts";
import { demoScreen, readyScreen, waitingScreen } from "./launcher/screen.ts";
import { prepareStory } from "./launcher/story.ts";

const isDev = process.argv.includes("--dev");
const shutdown = new Shutdown();

/** Makes the screen that is shown once the console serves. */
type Announce = (url: string) => Promise<string>;

async function serve(): Promise<void> {
  setEnvironment({ NODE_ENV: isDev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" });
  delete process.env[EMBEDDED_MARKER];
  const config = readConfig(process.env);
  process.stdout.write("\n");

  const announce = config.isDemo ? await prepareDemo(config) : await prepareOwn(config);
  shutdown.signal.throwIfAborted();
  if (!isDev && !(await isBuilt())) {
    await step("Building the web application", () =>
      build({ dataDir: config.dataDir, tell, signal: shutdown.signal }),
    );
  }
  shutdown.signal.throwIfAborted();
  const url = await step("Starting the server", () => startWebServer(config));
  shutdown.signal.throwIfAborted();
  const screen = await announce(url);
  shutdown.markServing();
  process.stdout.write(`${screen}\n`);
}

/** Imports the server late: its modules read the environment, which has to be complete by then. */
async function startWebServer({ host, port }: Config): Promise<string> {
  const { startServer } = await import("../server.ts");
  // The port was free at the start; another program may have taken it during the build.
  const server = await startServer({ host, port, dev: isDev }).catch((error: unknown) => {
    throw toListenError(error, { host, port });
  });
  shutdown.add(server.close);
  return server.url;
}

async function prepareOwn(config: Config): Promise<Announce> {
  const { databaseUrl, nextAuthUrl } = config;
  if (databaseUrl === null) throw new Error("Without DATABASE_URL it is the demo.");
  await checkPort(config.host, config.port);
  const waiting = await openExternalDatabase(
    { ...config, databaseUrl },
    {
      signal: shutdown.signal,
      onFailure: (error) => {
        tellWhy(error);
        void shutdown.exit(1);
      },
    },
  );
  setEnvironment({ NEXTAUTH_URL: nextAuthUrl });
  const show = async (url: string) => {
    const missing = await findMissing();
    return readyScreen({ url, publicUrl: nextAuthUrl, seconds: uptime(), missing });
  };
  return async (url) => {
    if (waiting === null) return await show(url);
    void waiting.arrival.then(async (isThere) => {
      if (isThere) process.stdout.write(`${await show(url)}\n`);
    });
    return waitingScreen({ url });
  };
}

/** What the installation lacks. Never throws, since the console serves already: reports a failure instead. */
async function findMissing(): Promise<string[]> {
  const { readSetup } = await import("#lib/settings/read-setup.ts");
  const origin = { requestId: "start", channel: "cli", ip: null, userAgent: null } as const;
  const permissions = ["settings:read"] as const;
  const actor = { type: "system", id: "start", name: "Start", permissions, origin } as const;
  return await readSetup(actor).then(toMissingLines, () => [
    "The database did not answer when it was asked what this installation lacks.",
  ]);
}

async function prepareDemo(config: Config): Promise<Announce> {
  const { host, port, dataDir } = config;
  shutdown.add(await takeDataDir(dataDir));
  await checkPort(host, port);
  const demoFile = path.join(dataDir, "demo.json");
  await rm(demoFile, { force: true });
  const secrets = await keepSecrets(dataDir);
  const database = await openEmbeddedDatabase({
    dataDir,
    headJournal: config.audit.headJournal,
    secrets,
    signal: shutdown.signal,
    onStarted: (stop) => shutdown.add(stop),
  });
  setEnvironment({
    [EMBEDDED_MARKER]: "1",
    DATABASE_URL: database.appUrl,
    NEXTAUTH_SECRET: config.nextAuthSecret ?? secrets.nextAuthSecret,
    NEXTAUTH_URL: config.nextAuthUrl,
    AUDIT_SIGNING_KEY: config.audit.signingKey ?? secrets.auditSigningKey,
  });
  return async (url) => {
    const seconds = uptime();
    const { people, tokens } = secrets.demo;
    const { about: runtime, inboxUrl } = await step("Starting the messaging runtime", () =>
      startDemoRuntime({
        consoleUrl: url,
        host,
        consolePort: port,
        dataDir,
        tokens,
        onStarted: (stop) => shutdown.add(stop),
      }),
    );
    shutdown.add(startDemoInstances({ consoleUrl: url, token: tokens.runtime }));
    const databases = { databaseUrl: database.appUrl, ownerDatabaseUrl: database.ownerUrl };
    const story = await prepareStory({ url, dataDir, token: tokens.provisioning });
    await writePrivateJson(demoFile, { url, people, tokens, runtime, ...databases });
    return demoScreen({ url, dataDir, demo: secrets.demo, seconds, runtime, inboxUrl, story });
  };
}

const uptime = () => process.uptime().toFixed(0);

function setEnvironment(values: Record<string, string>): void {
  Object.assign(process.env, values);
}

/** Explains what the operator can correct; only our own bugs come with a stack. */
function explain(error: unknown): string {
  if (error instanceof EnvironmentError) {
    const list = error.problems.map((problem) => `  - ${problem}`).join("\n");
    return `The settings cannot be used:\n${list}`;
  }
  if (error instanceof LaunchError || error instanceof MigrationError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function tellWhy(error: unknown): void {
  console.error(`\n${explain(error)}\n`);
}

await shutdown.run(serve, tellWhy);
