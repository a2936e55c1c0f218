import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { EMBEDDED_MARKER } from "#lib/config.ts";
import { Shutdown } from "#lib/shutdown.ts";
import { freePort } from "#postgres/free-port.ts";
import { startTemporaryPostgres } from "#postgres/temporary.ts";
import { createTemplate, createTestDatabase } from "#testing/database/database.ts";
import { startOpenIdProvider } from "#testing/http/openid-provider.ts";
import { newDemoSecrets } from "./demo/demo-secrets.ts";
import { seedDemo } from "./demo/seed.ts";
import { build } from "./launcher/build.ts";
import { writePrivateJson } from "./launcher/private-file.ts";

/**
 * Serves the built console for the browser tests, on a free port and with a seeded database of its own,
 * until a signal. Writes what the demo has in DATA_DIR/demo.json to the file named in E2E_ENV.
 */
async function serveForBrowserTests(): Promise<void> {
  const { E2E_ENV: file } = process.env;
  if (!file) throw new Error("E2E_ENV must name the file to write the addresses and accounts to.");
  await mkdir(headFolder(file), { recursive: true });
  await bringCluster();
  await build({ dataDir: ".data", tell: console.log, signal: shutdown.signal });

  const database = await createTestDatabase();
  shutdown.add(database.drop);
  const secrets = newDemoSecrets();
  await seedDemo({ databaseUrl: database.ownerUrl, secrets });

  const url = await startOn(database.appUrl);
  const bareNextUrl = await startBareNext();
  const { people, tokens } = secrets;
  const { appUrl: databaseUrl, ownerUrl: ownerDatabaseUrl } = database;
  await writePrivateJson(file, { url, bareNextUrl, people, tokens, databaseUrl, ownerDatabaseUrl });
  shutdown.add(() => rm(file, { force: true }));
  shutdown.add(() => rm(headFolder(file), { recursive: true, force: true }));
  shutdown.markServing();
  console.log(`E2E server ready at ${url}`);
}

/** Starts a cluster for Playwright when it runs by itself; `npm test` shares its own. */
async function bringCluster(): Promise<void> {
  if (process.env.TEST_DATABASE_URL) return;
  const postgres = await startTemporaryPostgres();
  shutdown.add(postgres.stop);
  const clusterUrl = postgres.superuserUrl("postgres");
  await createTemplate(clusterUrl, "template_console");
  Object.assign(process.env, { TEST_DATABASE_URL: clusterUrl, TEST_TEMPLATE: "template_console" });
}

async function startOn(databaseUrl: string): Promise<string> {
  const port = await freePort();
  const provider = await startOpenIdProvider([`http://127.0.0.1:${port}/api/auth/callback/openid`]);
  shutdown.add(provider.stop);
  Object.assign(process.env, {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_ROLE_CLAIM: "role",
    NODE_ENV: "production",
    [EMBEDDED_MARKER]: "1",
    DATABASE_URL: databaseUrl,
    // A journal of this database only: the next run has another database.
    AUDIT_HEAD_JOURNAL: path.join(headFolder(process.env.E2E_ENV ?? ""), "console.jsonl"),
    NEXTAUTH_SECRET: "for-the-browser-tests-only-0123456789",
    NEXTAUTH_URL: `http://127.0.0.1:${port}`,
    LOG_LEVEL: "warn",
  });
  const { startServer } = await import("../server.ts");
  const server = await startServer({ host: "127.0.0.1", port, dev: false });
  shutdown.add(server.close);
  return server.url;
}

/**
 * Starts the same build with `next start`, without server.ts: Next itself serves every route. Its
 * sign-in provider is unreachable.
 */
async function startBareNext(): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    NEXTAUTH_URL: url,
    OIDC_ISSUER: `http://127.0.0.1:${await freePort()}`,
  };
  const program = path.join("node_modules", "next", "dist", "bin", "next");
  const args = [program, "start", "--hostname", "127.0.0.1", "--port", String(port)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"], env });
  shutdown.add(async () => {
    child.kill("SIGTERM");
    await once(child, "exit");
  });
  return url;
}

/** The folder of the console's journal of heads, and of those of the tests' own processes (e2e/fixtures.ts). */
const headFolder = (file: string) => `${file}.heads`;

const shutdown = new Shutdown();
await shutdown.run(serveForBrowserTests, console.error);
