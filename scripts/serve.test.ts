import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { tryLock } from "#lib/process-lock.mjs";
import { freePort } from "#postgres/free-port.ts";
import { removeDataDir } from "#postgres/temporary.ts";
import { withClient } from "#postgres/with-client.ts";
import { createTestDatabase, type TestDatabase } from "#testing/database/database.ts";
import { shellEnv } from "#testing/shell-env.ts";

// Every test here ends before a build: they test how the start refuses.
const OWN = {
  NEXTAUTH_SECRET: "0123456789abcdef0123456789abcdef",
  NEXTAUTH_URL: "https://console.example.com",
};

let folder: string;
let database: TestDatabase;
let port: number;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bsuid-console-test-"));
  await chmod(folder, 0o711);
  port = await freePort();
});

afterEach(() => removeDataDir(folder));

/** Starts the console, which should refuse; resolves to its output when it has ended. */
async function refusal(env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "serve.ts")], {
    env: { ...shellEnv(), NODE_ENV: "production", PORT: String(port), DATA_DIR: folder, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  return said.trim();
}

async function listenOn(taken: number): Promise<Server> {
  const server = createServer().listen(taken, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function expectPlain(said: string): void {
  expect(said).not.toMatch(/\n\s+at /);
  expect(said).not.toContain("Error:");
}

test("a port in use is reported, with another one to try", async () => {
  const server = await listenOn(port);
  const said = await refusal({});
  server.close();
  expect(said).toMatch(new RegExp(`^Port ${port} on 127.0.0.1 is in use .* PORT=\\d+ npm start$`));
});

test("a DATA_DIR that cannot be written is reported", async () => {
  const file = path.join(folder, "file");
  await writeFile(file, "");
  const said = await refusal({ DATA_DIR: path.join(file, "data") });
  expect(said).toContain("cannot be written: a part of that path is a file");
  expectPlain(said);
});

test("a second console on the same DATA_DIR names the first", async () => {
  const lock = tryLock(path.join(folder, "console.lock"));
  const said = await refusal({});
  lock.release?.();
  expect(said).toContain(`already running on ${folder} (process ${process.pid})`);
  expectPlain(said);
});

test("all bad settings are reported at once", async () => {
  const said = await refusal({ PORT: "x", LOG_LEVEL: "y", DATABASE_URL: "mysql://h/d" });
  expect(said).toMatch(/^ {2}- PORT /m);
  expect(said).toMatch(/^ {2}- LOG_LEVEL /m);
  expect(said).toMatch(/^ {2}- DATABASE_URL /m);
  expectPlain(said);
});

test("a lost secrets.json is reported, and the data is left alone", async () => {
  await writeFile(path.join(folder, "postgres"), "");
  const said = await refusal({});
  expect(said).toContain("secrets.json is missing");
  expectPlain(said);
});

test.each([
  ["the password is wrong", (url: URL) => (url.password = "wrong"), "refuses the password of user"],
  ["the database is missing", (url: URL) => (url.pathname = "/nowhere"), "no database nowhere"],
  ["the host is unknown", (url: URL) => (url.hostname = "db.invalid"), "host db.invalid"],
])("DATABASE_URL: %s", async (_case, change, expected) => {
  const url = new URL(database.ownerUrl);
  change(url);
  const said = await refusal({ ...OWN, DATABASE_URL: url.href });
  expect(said).toContain(expected);
  expect(said).not.toContain(new URL(database.ownerUrl).password);
  expectPlain(said);
});

test("a database of a newer console is reported, and not changed", async () => {
  await withClient(database.ownerUrl, (client) =>
    client.query(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       VALUES ('x', 'x', now(), '99990101000000_future', 1)`,
    ),
  );
  const said = await refusal({ ...OWN, DATABASE_URL: database.ownerUrl });
  expect(said).toContain("newer version of the console");
  expectPlain(said);
});
