import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { readByPostgres } from "#testing/database/read-csv-by-postgres.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { LINE_ENDS } from "#testing/line-ends.ts";
import { readExport } from "#testing/trail/export-file.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { tamper } from "#testing/trail/tamper.ts";
import type { PersonActor } from "../../access/actor.ts";
import { db } from "../../db/client.ts";
import { setFlag } from "../../flags/set-flag.ts";
import { readOpenings } from "../private/open-events.ts";
import { toSignedEntry } from "../private/signed-entry.ts";
import { toSignedEvent } from "../to-signed-event.ts";
import { exportTrail } from "./export-trail.ts";
import { neutraliseFormula } from "./neutralise-formula.ts";
import { toCsv } from "./to-csv.ts";

const database = useTestDatabase();
let token: string;
let support: PersonActor;

const REASONS = [
  '=HYPERLINK("http://evil.example","click")',
  'They said "yes",\r\nand signed; então ligou',
  "+447700900123 asked for it",
];

beforeAll(async () => {
  token = await anApiToken("auditor");
  support = await aPerson("support");
  for (const reason of REASONS) {
    const phoneNumberId = await aNumber({ displayPhoneNumber: `+4477009${Date.now() % 1e5}` });
    await setFlag(support, { phoneNumberId, acceptsBsuid: true, reason });
  }
});

const allEvents = async () =>
  (await db().auditEvent.findMany({ orderBy: { seq: "asc" } })).map(toSignedEvent);

const allEntries = async () => {
  const events = await allEvents();
  const openings = await readOpenings(events);
  return events.map((event) => toSignedEntry(event, openings));
};

const toLines = (text: string) =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));

test("JSON Lines have every event in the hashed form with its openings, and the manifest last", async () => {
  const events = await allEntries();
  const lines = toLines(await readExport(token));
  expect(lines.slice(0, -1)).toEqual(events);
  const last = events.at(-1);
  expect(lines.at(-1)).toEqual({
    manifest: expect.objectContaining({
      count: events.length,
      firstSeq: 1,
      lastSeq: last?.seq,
      head: expect.objectContaining({ seq: last?.seq, hash: last?.hash }),
      filter: null,
    }),
  });
});

test("fields that only some events have are there when they are, and times keep their milliseconds", async () => {
  const odd = `UPDATE audit_event SET on_behalf_of = '{"id": "Zoë \\"Z\\""}', batch_id = gen_random_uuid(),
    reason = E'tab\\t, quote ", back\\\\slash, \\U0001F600 \\u2028', occurred_at = '2026-01-01T00:00:00.070+05:45' WHERE seq = 1`;
  await tamper(database.ownerUrl(), odd, async () => {
    const [event] = await allEntries();
    expect(Object.keys(event ?? {})).toEqual(expect.arrayContaining(["onBehalfOf", "batchId"]));
    expect(toLines(await readExport(token))[0]).toEqual(event);
  });
});

test("an export is itself an event: who, by what filters, how many", async () => {
  await readExport(token, "?format=csv&action=flag.enabled&from=2020-01-01T00:00:00Z");
  const [event] = (await allEvents()).slice(-1);
  expect(event).toMatchObject({
    action: "audit.exported",
    outcome: "success",
    actor: { type: "person", role: "auditor" },
    target: { type: "audit", id: "trail" },
    before: null,
    after: {
      format: "csv",
      count: 3,
      firstSeq: 1,
      lastSeq: 3,
      upToSeq: Number(event?.seq) - 1,
      action: "flag.enabled",
      from: "2020-01-01T00:00:00.000Z",
    },
  });
});

test("it is recorded before the first byte, even if nobody reads it", async () => {
  const before = (await allEvents()).length;
  const { chunks } = await exportTrail(aSystem("audit:read"), {});
  await chunks.return(undefined);
  expect((await allEvents()).length).toBe(before + 1);
});

test("an export that cannot be recorded is not given", async () => {
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(exportTrail(aSystem("audit:read"), {})).rejects.toThrow();
  });
});

test("events that are added while it is read are not in it", async () => {
  const events = await allEntries();
  const { chunks } = await exportTrail(aSystem("audit:read", "origin:read"), {});
  await aNumber({ accepts: true });
  let text = "";
  for await (const chunk of chunks) text += chunk;
  expect(toLines(text).slice(0, -1)).toEqual(events);
});

test("when an event goes missing meanwhile, it fails instead of ending normally", async () => {
  const { chunks } = await exportTrail(aSystem("audit:read"), {});
  await tamper(database.ownerUrl(), "DELETE FROM audit_event WHERE seq = 2", async () => {
    const read = async () => {
      for await (const _ of chunks);
    };
    await expect(read()).rejects.toThrow("announced");
  });
});

test("filters narrow it as they narrow the list, and the manifest names them", async () => {
  const text = await readExport(token, `?actorEmail=${support.email}&reason=signed`);
  const [event, last, ...rest] = toLines(text);
  expect(rest).toEqual([]);
  expect(event).toMatchObject({ reason: REASONS[1] });
  const filter = { actorEmail: support.email, reason: "signed" };
  expect(last.manifest).toMatchObject({ count: 1, firstSeq: 2, lastSeq: 2, filter });
  const nobodys = toLines(await readExport(token, "?channel=schedule"));
  expect(nobodys).toMatchObject([{ manifest: { count: 0, firstSeq: null, lastSeq: null } }]);
  const { accountId } = await db().number.findFirstOrThrow();
  const { items } = (await callApi(`GET /api/v1/audit?accountId=${accountId}`, { token })).body as {
    items: { hash: string }[];
  };
  const lines = toLines(await readExport(token, `?accountId=${accountId}`)).slice(0, -1);
  expect(lines.map(({ hash }) => hash)).toEqual(items.map(({ hash }) => hash));
});

test("CSV is RFC 4180 in UTF-8, and every value can be read back", async () => {
  const events = await readEvents();
  const { body, headers } = await callApi("GET /api/v1/audit/export?format=csv", { token });
  const text = String(body);
  expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(headers.get("content-disposition")).toMatch(/^attachment; filename="audit-to-\d+\.csv"$/);
  expect(JSON.parse(headers.get("x-audit-manifest") ?? "")).toMatchObject({
    count: events.length,
    firstSeq: 1,
  });
  const records = parse(text, { columns: true, record_delimiter: "\r\n" }) as Record<
    string,
    string
  >[];
  expect(records).toHaveLength(events.length);
  expect(text.endsWith("\r\n")).toBe(true);
  for (const [place, record] of records.entries()) {
    const event = events[place];
    expect(record.targetDisplay).toBe(event?.target.display);
    expect(record.hash).toBe(event?.hash);
    expect([record.actorName, record.actorEmail]).toEqual([
      event?.actor.name,
      event?.actor.email ?? "",
    ]);
    expect(record.ip).toBe(event?.ip ?? "");
    expect(record.reason?.replace(/^'/, "")).toBe(event?.reason ?? "");
  }
  expect(records[0]?.reason).toBe(`'${REASONS[0]}`);
  expect(records[1]?.reason).toBe(REASONS[1]);
});

const SPREADSHEET_ENDS = [";", "\t", "\v", "\f", ...LINE_ENDS] as const;

/** Texts of what is between two separators and may look like a formula. */
const PARTS = ["=1+1", "-2", "@A1", "+", " ", '"', "'", ",", "\u200B", "é", ...SPREADSHEET_ENDS];
const attack = fc
  .array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(""));

/** What a spreadsheet passes over before it sees a formula. */
const BEFORE = /^[\s\p{C}"]*/u;

async function csvOf(events: readonly object[]): Promise<string> {
  async function* pages() {
    const text = events.map((event) => `${JSON.stringify(event)}\n`).join("");
    yield { count: events.length, text };
  }
  let csv = "";
  for await (const chunk of toCsv(pages())) csv += chunk;
  return csv;
}

test("however a spreadsheet splits the file, no cell begins a formula, and two readers read it", async () => {
  const texts = fc.sample(attack, { numRuns: 300, seed: 12 });
  const [event] = await allEvents();
  const csv = await csvOf(texts.map((reason) => ({ ...event, reason })));
  const expected = texts.map(neutraliseFormula);
  const records = parse(csv, { columns: true }) as { reason: string }[];
  expect(records.map(({ reason }) => reason)).toEqual(expected);
  const rows = await readByPostgres(database.ownerUrl(), csv);
  expect(rows.map(({ reason }) => reason)).toEqual(expected);
  expect(new Set(rows.map(({ hash }) => hash))).toEqual(new Set([event?.hash]));
  for (const separators of [/[;\r\n]/, /[\t\r\n]/, /[;\t\v\f\r\n\u0085\u2028\u2029]/]) {
    const cells = csv.split(separators).map((cell) => cell.replace(BEFORE, ""));
    const running = cells.filter((cell) => /^[=+\-@]/.test(cell) && !isPhone(cell));
    expect(running).toEqual([]);
  }
});

/** A cell that is one number is a value. */
const isPhone = (cell: string) => /^[+-]?[0-9]+"/.test(cell);

test("a missing field is not an empty one", async () => {
  const [event] = await allEvents();
  const csv = await csvOf([{ ...event, reason: "", ticketUrl: null }]);
  const [row] = await readByPostgres(database.ownerUrl(), csv);
  expect(row).toMatchObject({ reason: "", ticketUrl: null });
});

describe("formulas are neutralised, and other values stay unchanged", () => {
  test.each([
    "=1+1",
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "  =1",
    "＝1+1",
    '"=1+1',
    "'=1",
    "+44 7700 =A1",
    "\u200B=1",
    "﹦1",
    "−2+3",
  ])("%j", (value) => expect(neutraliseFormula(value)).toBe(`'${value}`));

  test.each([
    ["\t=1", "'\t'=1"],
    ["\r=1", "'\r'=1"],
    ["Acme; =1+1", "Acme;' =1+1"],
    ["Acme\t@A1;-2", "Acme\t'@A1;'-2"],
    ["Acme\n=1\r\n=2\r=3", "Acme\n'=1\r'\n'=2\r'=3"],
    ["Acme\u2028=1\u0085+1", "Acme\u2028'=1\u0085'+1"],
    ['Acme;"=1"', 'Acme;\'"=1"'],
  ])("within a text: %j", (value, shown) => expect(neutraliseFormula(value)).toBe(shown));

  test.each([
    "Acme, +5511; fine",
    "a;b\tc\nd",
    "+447700900123",
    "-5",
    "Acme = 7",
    "",
    "{}",
    "https://a.example",
    "+5511912345678",
  ])("%j stays", (value) => expect(neutraliseFormula(value)).toBe(value));
});

test.each([
  ["format=xml", "format"],
  ["limit=5", "limit"],
  ["cursor=5", "cursor"],
  ["reason=%21", "reason"],
])("an export asked for with %s is refused, and leaves no event", async (query, path) => {
  const before = (await allEvents()).length;
  const answer = await callApi(`GET /api/v1/audit/export?${query}`, { token });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  expect((await allEvents()).length).toBe(before);
});

test("an account manager exports nothing", async () => {
  const attempt = exportTrail(await aPerson("account_manager"), {});
  await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
});
