import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "../db/client.ts";
import { aSystem } from "../testing/factories.ts";
import { useTestDatabase } from "../testing/use-test-database.ts";
import { importRoster } from "./import-roster.ts";
import { parseRosterCsv } from "./parse-roster-csv.ts";

useTestDatabase();

const LINES = 100_000;
const ACCOUNTS = 5_000;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "roster-large-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function writeRoster(name: string, toLabel: (index: number) => string): Promise<string> {
  function* lines() {
    yield "phoneNumberId,displayPhoneNumber,label,accountName,accountExternalId,portfolioId,wabaId\n";
    for (let i = 0; i < LINES; i += 1) {
      const account = i % ACCOUNTS;
      yield `${100_000_000_000_000 + i},+55 11 9${10_000_000 + i},${toLabel(i)},Padaria ${account},acc-${account},${900_000 + account},7\n`;
    }
  }
  const file = path.join(folder, name);
  await pipeline(Readable.from(lines()), createWriteStream(file));
  return file;
}

const load = (file: string) =>
  importRoster(aSystem("roster:write"), parseRosterCsv(createReadStream(file)));

test("imports a hundred thousand lines, and again, and with some changed", async () => {
  const first = await writeRoster("first.csv", (i) => `Suporte ${i}`);
  const startedAt = performance.now();
  expect(await load(first)).toEqual({ created: LINES, updated: 0, unchanged: 0 });
  expect(performance.now() - startedAt).toBeLessThan(45_000);
  expect(await db().number.count()).toBe(LINES);
  expect(await load(first)).toEqual({ created: 0, updated: 0, unchanged: LINES });
  const second = await writeRoster("second.csv", (i) => (i % 100 ? `Suporte ${i}` : `Vendas ${i}`));
  expect(await load(second)).toEqual({ created: 0, updated: 1_000, unchanged: LINES - 1_000 });
  expect(await db().auditEvent.count()).toBe(1 + 1 + 1_000);
}, 180_000);

test("names the one bad line among a hundred thousand, and imports none", async () => {
  const before = await db().auditEvent.count();
  const file = await writeRoster("bad.csv", (i) => (i === 70_000 ? " " : `Neu ${i}`));
  await expect(load(file)).rejects.toMatchObject({ issues: [{ path: "line 70002: label" }] });
  expect(await db().auditEvent.count()).toBe(before);
}, 60_000);
