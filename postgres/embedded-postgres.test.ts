import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Postgres, startPostgres } from "./embedded-postgres.ts";
import { removeDataDir } from "./temporary.ts";
import { withClient } from "./with-client.ts";

const PARENT = `
import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, "embedded-postgres.ts"))};
const postgres = await startPostgres({ dataDir: process.argv[1], password: "secret", log: () => {}, durable: false });
console.log(postgres.pid());
setInterval(() => {}, 1000);
`;

let dataDir: string;
let lines: string[];
const toStop: (() => Promise<void>)[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "bsuid-console-test-"));
  await chmod(dataDir, 0o711);
  lines = [];
});

afterEach(async () => {
  for (const stop of toStop.splice(0)) await stop();
  await removeDataDir(dataDir);
});

async function start(): Promise<Postgres> {
  const log = (line: string) => lines.push(line);
  const postgres = await startPostgres({ dataDir, password: "secret", log, durable: false });
  toStop.push(postgres.stop);
  return postgres;
}

function query(postgres: Postgres, sql: string): Promise<unknown[]> {
  return withClient(postgres.superuserUrl("postgres"), async (client) => {
    const { rows } = await client.query({ text: sql, rowMode: "array" });
    return rows.flat();
  });
}

async function startInChild(): Promise<{ child: ChildProcess; postgresPid: number }> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", PARENT, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  return { child, postgresPid: Number(chunk.toString()) };
}

test("a restart keeps the data, and stopping leaves no process", async () => {
  const first = await start();
  await query(first, "CREATE TABLE kept AS SELECT 42 AS answer");
  const pid = first.pid() ?? 0;
  await first.stop();
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");

  const second = await start();
  expect(await query(second, "SELECT answer FROM kept")).toEqual([42]);
  expect(lines).toEqual([]);
});

test("it listens on loopback only, has no unix socket and wants its password", async () => {
  const postgres = await start();
  expect(await query(postgres, "SHOW listen_addresses")).toEqual(["127.0.0.1"]);
  expect(await query(postgres, "SHOW unix_socket_directories")).toEqual([""]);
  const wrong = postgres.superuserUrl("postgres").replace("secret", "wrong");
  await expect(withClient(wrong, async () => undefined)).rejects.toThrow("password");
});

test("a killed server is started again on the same port", async () => {
  const postgres = await start();
  const pid = postgres.pid() ?? 0;
  process.kill(pid, "SIGKILL");
  await vi.waitFor(
    async () => {
      expect(postgres.pid()).not.toBe(pid);
      expect(await query(postgres, "SELECT 1")).toEqual([1]);
    },
    { timeout: 10_000, interval: 50 },
  );
  expect(lines.join()).toContain("starting it again");
});

test("a server orphaned by a killed console is stopped before the next start", async () => {
  const { child, postgresPid } = await startInChild();
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(process.kill(postgresPid, 0)).toBe(true);

  const postgres = await start();
  expect(await query(postgres, "SELECT 1")).toEqual([1]);
  expect(() => process.kill(postgresPid, 0)).toThrow("ESRCH");
  expect(lines.join()).toContain("left over");
});

test("an interrupted first start leaves nothing half made", async () => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", PARENT, dataDir]);
  const hasBegun = async () => {
    const names = await readdir(dataDir);
    return names.some((name) => name.startsWith("postgres.new-"));
  };
  await expect.poll(hasBegun).toBe(true);
  child.kill("SIGKILL");
  await once(child, "exit");

  const postgres = await start();
  expect(await query(postgres, "SELECT 1")).toEqual([1]);
  expect((await readdir(dataDir)).sort()).toEqual(["postgres", "postgres.log"]);
});

test("a pid file that names another program does not stop the start", async () => {
  await (await start()).stop();
  const cluster = join(dataDir, "postgres");
  await writeFile(join(cluster, "postmaster.pid"), `${process.pid}\n${cluster}\n`);
  const postgres = await start();
  expect(await query(postgres, "SELECT 1")).toEqual([1]);
});

test("aborting while it starts leaves no process and no draft", async () => {
  const abort = new AbortController();
  const log = () => undefined;
  const starting = startPostgres({ dataDir, password: "x", log, signal: abort.signal });
  setTimeout(() => abort.abort(), 150);
  await expect(starting).rejects.toThrow();
  expect((await readdir(dataDir)).filter((name) => name.startsWith("postgres.new"))).toEqual([]);
});

test.runIf(process.getuid?.() === 0)(
  "below a private folder the cluster is kept where its account can go",
  async () => {
    const outer = dataDir;
    await chmod(outer, 0o700);
    dataDir = join(outer, "data");
    await mkdir(dataDir);
    const postgres = await start();
    expect(await query(postgres, "SELECT 1")).toEqual([1]);
    expect(lines.join()).toContain("is kept in /var/lib/bsuid-console/");
    expect(await readFile(join(dataDir, "postgres", "PG_VERSION"), "utf8")).toContain("18");
    await postgres.stop();
    await removeDataDir(dataDir);
    await rm(outer, { recursive: true });
  },
);
