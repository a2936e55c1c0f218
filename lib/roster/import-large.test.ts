import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aSystem } from "#testing/factories.ts";
import { db } from "../db/client.ts";
import { importRoster } from "./import-roster.ts";
import { parseRosterCsv } from "./parse-roster-csv.ts";

useTestDatabase();

const LINES = Number(process.env.SWEEP_LINES ?? 6_000);
const ACCOUNTS = LINES / 20;
const BAD_LINE = LINES * 0.7;

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

test("imports a large roster, and again, and with some changed", async () => {
  const first = await writeRoster("first.csv", (i) => `Suporte ${i}`);
  expect(await load(first)).toEqual({ created: LINES, updated: 0, unchanged: 0 });
  expect(await db().number.count()).toBe(LINES);
  expect(await load(first)).toEqual({ created: 0, updated: 0, unchanged: LINES });
  const second = await writeRoster("second.csv", (i) => (i % 100 ? `Suporte ${i}` : `Vendas ${i}`));
  expect(await load(second)).toEqual({ created: 0, updated: LINES / 100, unchanged: LINES * 0.99 });
  expect(await db().auditEvent.count()).toBe(1 + 1 + LINES / 100);
});

test("names the one bad line among many, and imports none", async () => {
  const before = await db().auditEvent.count();
  const file = await writeRoster("bad.csv", (i) => (i === BAD_LINE ? " " : `Neu ${i}`));
  await expect(load(file)).rejects.toMatchObject({
    issues: [{ path: `line ${BAD_LINE + 2}: label` }],
  });
  expect(await db().auditEvent.count()).toBe(before);
});
