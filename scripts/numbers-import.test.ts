import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { db } from "#lib/db/client.ts";
import { setFlags } from "#lib/flags/set-flags.ts";
import { importRoster } from "#lib/roster/import-roster.ts";
import { parseRosterCsv } from "#lib/roster/parse-roster-csv.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aSystem } from "#testing/factories.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { importNumbers } from "./command/import-numbers.ts";
import { refuse } from "./command/testing/refuse.ts";

const database = useTestDatabase();
afterEach(() => void vi.unstubAllEnvs());

const HEADER =
  "phoneNumberId;displayPhoneNumber;label;accountName;accountExternalId;portfolioId;wabaId\r\n";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "numbers-import-"));
});
afterAll(() => rm(folder, { recursive: true }));

type Ran = { code: number; stdout: string; stderr: string };

/** Runs the program as npm does: in the project's folder, with the caller's folder in INIT_CWD. */
function run(args: string[], env: Record<string, string> = {}): Promise<Ran> {
  const { DATABASE_URL: _, NEXTAUTH_URL: __, NEXTAUTH_SECRET: ___, ...clean } = process.env;
  const options = {
    cwd: path.resolve(import.meta.dirname, ".."),
    env: { ...clean, INIT_CWD: folder, DATA_DIR: path.join(folder, "data"), ...env },
  };
  const program = [path.join(import.meta.dirname, "numbers-import.ts"), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, program, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

test("imports a file whose path is relative to the caller's folder, and reports what it did", async () => {
  const row = "111;+55 11 91234-5678;Suporte;Padaria;acc-1;900;800\r\n";
  await writeFile(path.join(folder, "roster.csv"), HEADER + row);
  const env = { DATABASE_URL: database.appUrl() };
  expect(await run(["roster.csv"], env)).toEqual({
    code: 0,
    stdout: "Created 1, updated 0, unchanged 0.\n",
    stderr: "",
  });
  expect(await run(["roster.csv"], env)).toMatchObject({
    stdout: "Created 0, updated 0, unchanged 1.\n",
  });
  expect(await readEvents({ action: "roster.imported" })).toMatchObject([
    { actorType: "system", actorName: `numbers:import (${userInfo().username})`, channel: "cli" },
  ]);
});

test("imports into the running demo when no database is set", async () => {
  await mkdir(path.join(folder, "data"), { recursive: true });
  const demo = JSON.stringify({ databaseUrl: database.appUrl() });
  await writeFile(path.join(folder, "data", "demo.json"), demo);
  await writeFile(path.join(folder, "demo.csv"), `${HEADER}222;+525512345678;a;b;acc-2;1;2\r\n`);
  expect(await run(["demo.csv"])).toMatchObject({ code: 0 });
  expect(await db().number.count({ where: { phoneNumberId: "222" } })).toBe(1);
});

test("lists what is wrong by line, column, value and why, and imports nothing", async () => {
  const rows = ["333;5,51191E+12;Suporte;Padaria;acc-3;900;800", "444;+5511912345678;;b;c;1;2"];
  await writeFile(path.join(folder, "bad.csv"), `${HEADER}${rows.join("\r\n")}\r\n`);
  const { code, stdout, stderr } = await run(["bad.csv"], { DATABASE_URL: database.appUrl() });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr.split("\n")).toEqual([
    "line  column              value        why",
    "2     displayPhoneNumber  5,51191E+12  a spreadsheet turned this number into scientific notation; format the column as text and export again.",
    "3     label                            label must have 1 to 200 characters, not counting spaces at either end.",
    "",
    "Nothing was imported. Correct the file and import the whole of it again.",
    "",
  ]);
  expect(await db().number.count({ where: { phoneNumberId: { in: ["333", "444"] } } })).toBe(0);
});

// Even root cannot read this file; one without permissions it could.
test.skipIf(process.platform !== "linux")("says which file cannot be read, and why", async () => {
  expect(await refuse(importNumbers, ["/proc/self/mem"])).toBe(
    "/proc/self/mem cannot be read: EIO: i/o error, read.",
  );
});

test("lists what it would switch off, and needs the count as confirmation", async () => {
  const rows = (portfolioId: string) =>
    Array.from({ length: 11 }, (_, index) => {
      const id = 70_000_000_000_001 + index;
      return `${id};+55119${10_000_000 + index};L${index};Guarded;acc-guarded;${portfolioId};800\r\n`;
    }).join("");
  await writeFile(path.join(folder, "on.csv"), HEADER + rows("900"));
  await writeFile(path.join(folder, "moved.csv"), HEADER + rows("901"));
  const env = { DATABASE_URL: database.appUrl() };
  const roster = parseRosterCsv(createReadStream(path.join(folder, "on.csv")));
  await importRoster(aSystem("roster:write"), roster);
  const changes = Array.from({ length: 11 }, (_, index) => {
    return { phoneNumberId: String(70_000_000_000_001 + index), acceptsBsuid: true };
  });
  await setFlags(aSystem("flag:set"), { changes, reason: "They asked for it" });
  vi.stubEnv("INIT_CWD", folder);
  expect(await refuse(importNumbers, ["moved.csv"])).toMatch(
    /^Nothing was imported. The file would switch off 11 numbers:\n {2}70000000000001\n[\s\S]*--expect-switched-off=11\.$/,
  );
  const dryRun = await run(["moved.csv", "--dry-run"], env);
  expect(dryRun).toMatchObject({ code: 0, stderr: "" });
  expect(dryRun.stdout).toMatch(
    /^Nothing was written\. [\s\S]*switch off 11\.\n {2}70000000000001\n/,
  );
  expect(await run(["moved.csv", "--expect-switched-off=11"], env)).toMatchObject({
    code: 0,
    stdout: "Created 0, updated 11, unchanged 0.\n",
  });
});

test("warns about suspicious values, and imports them", async () => {
  const row = "777;+55 11 91234;Suporte;Padaria;acc-7;900;800\r\n";
  await writeFile(path.join(folder, "strange.csv"), HEADER + row);
  const { code, stderr } = await run(["strange.csv"], { DATABASE_URL: database.appUrl() });
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(/^Warning: line 2: displayPhoneNumber: \+551191234: .*too short/),
  });
});

test.each([
  ["an option is unknown", ["x.csv", "--dryrun"], /Unknown option '--dryrun'[\s\S]*--dry-run/],
  ["a count is not a number", ["x.csv", "--expect-switched-off=many"], /must be a whole number/],
  ["no file is named", [], /Name one file: npm run numbers:import -- FILE\.csv/],
  ["the file is not there", ["none.csv"], /There is no file .*none\.csv/],
  ["it is a folder", ["."], /is not a file/],
])("says in one plain sentence that %s", async (_, args, sentence) => {
  vi.stubEnv("INIT_CWD", folder);
  await writeFile(path.join(folder, "x.csv"), HEADER);
  const message = await refuse(importNumbers, args);
  expect(message).toMatch(sentence);
  expect(message).not.toMatch(/\n {4}at /);
});

test("says in one plain sentence that there is neither a demo nor DATABASE_URL", async () => {
  await writeFile(path.join(folder, "x.csv"), HEADER);
  const { code, stdout, stderr } = await run(["x.csv"], { DATA_DIR: path.join(folder, "nothing") });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/npm start, or set DATABASE_URL/);
  expect(stderr).not.toMatch(/\n {4}at /);
});

test("says in a plain sentence that the database does not answer", async () => {
  const DATABASE_URL = "postgresql://nobody:x@127.0.0.1:1/none";
  await writeFile(path.join(folder, "y.csv"), `${HEADER}555;+525512345678;a;b;acc-5;1;2\r\n`);
  const { code, stderr } = await run(["y.csv"], { DATABASE_URL });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Nothing answers at 127\.0\.0\.1:1, where DATABASE_URL points\./);
});

test("says so too while something else holds the ledger", async () => {
  await writeFile(path.join(folder, "z.csv"), `${HEADER}666;+525512345678;a;b;acc-6;1;2\r\n`);
  const { code, stderr } = await db().$transaction(
    async (other) => {
      await other.$queryRaw`SELECT FROM ledger FOR UPDATE`;
      return await run(["z.csv"], { DATABASE_URL: database.appUrl() });
    },
    { timeout: 20_000 },
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The database did not answer in time\..* Is another import under way\?/);
});
