import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, anAccountOfTwo, aPerson, aSchedule } from "#testing/factories.ts";
import { aForcedChange, aLiftRequest, aRequest } from "#testing/requests.ts";
import { approveRequest } from "../requests/approve-request.ts";
import { db } from "./client.ts";

// What somebody who has stolen the application's login writes as plain SQL, in the application's role.

const database = useTestDatabase();
let app: pg.Client;

beforeAll(async () => {
  const options = "-c role=bsuid_console_app";
  app = new pg.Client({ connectionString: database.appUrl(), options });
  await app.connect();
});

afterAll(() => app.end());

const NOT_ALLOWED = /permission denied/;

/** One transaction, which a refusal at any statement or at commit undoes. */
async function attack(...statements: string[]): Promise<void> {
  try {
    await app.query("BEGIN");
    for (const statement of statements) await app.query(statement);
    await app.query("COMMIT");
  } catch (error) {
    await app.query("ROLLBACK");
    throw error;
  }
}

async function readRows(table: string, where: string): Promise<unknown[]> {
  const { rows } = await app.query(`SELECT to_jsonb(t) AS row FROM ${table} t WHERE ${where}`);
  return rows;
}

type Refusal = { table: string; where: string; statements: string[]; message: RegExp };

async function expectRefused({ table, where, statements, message }: Refusal): Promise<void> {
  const before = await readRows(table, where);
  expect(before).not.toEqual([]);
  await expect(attack(...statements)).rejects.toThrow(message);
  expect(await readRows(table, where)).toEqual(before);
}

/** SQL that adds an entry: the last one with some columns replaced. */
function entry(columns: Record<string, string>): string {
  const replaced = Object.entries(columns).map(([name, value]) => `, '${name}', ${value}`);
  return `INSERT INTO audit_event
    SELECT (jsonb_populate_record(e, jsonb_build_object(
      'seq', l.seq + 1, 'id', gen_random_uuid(), 'prev_hash', l.head_hash, 'occurred_at', now(),
      'hash', encode(sha256(random()::text::bytea), 'hex') ${replaced.join("")}))).*
    FROM audit_event e JOIN ledger l ON e.seq = l.seq`;
}

describe("an open request", () => {
  test.each([
    [
      "whom it comes from",
      "requested_by_id = (SELECT id FROM person WHERE id <> requested_by_id LIMIT 1)",
    ],
    ["the token it came by", "token_id = gen_random_uuid()"],
    ["the session it came by", "session_id = gen_random_uuid()"],
    ["when it was asked for", "requested_at = now()"],
    ["when it expires", "expires_at = expires_at + interval '1 year'"],
    ["when it is to be carried out", "at = now()"],
    ["how it is called", "display = 'Something harmless'"],
    ["what was ticked", "checks = '{All}'"],
    ["whose rule it lifts", "lifts_two_people_of_id = (SELECT id FROM account LIMIT 1)"],
  ])("keeps %s", async (_, change) => {
    const { id } = await aRequest();
    await anAccount();
    await aPerson("support");
    await expectRefused({
      table: "change_request",
      where: `id = '${id}'`,
      statements: [`UPDATE change_request SET ${change} WHERE id = '${id}'`],
      message: NOT_ALLOWED,
    });
  });

  const CHANGED_ITEMS: [string, (id: string, other: string) => string, RegExp][] = [
    [
      "another number",
      (id, other) =>
        `UPDATE change_request_item SET phone_number_id = '${other}' WHERE request_id = '${id}'`,
      NOT_ALLOWED,
    ],
    [
      "another state",
      (id) => `UPDATE change_request_item SET accepts_bsuid = false WHERE request_id = '${id}'`,
      NOT_ALLOWED,
    ],
    [
      "fewer numbers",
      (id) => `DELETE FROM change_request_item WHERE request_id = '${id}'`,
      NOT_ALLOWED,
    ],
    [
      "more numbers",
      (id, other) =>
        `INSERT INTO change_request_item SELECT request_id, '${other}', true, 0, account_id FROM change_request_item WHERE request_id = '${id}'`,
      /no number is added/,
    ],
  ];

  test.each(CHANGED_ITEMS)("does not ask for %s later", async (_, toSql, message) => {
    const { id } = await aRequest();
    const other = await aNumber();
    const where = `request_id = '${id}'`;
    await expectRefused({
      table: "change_request_item",
      where,
      statements: [toSql(id, other)],
      message,
    });
  });

  test.each([
    ["its reason", "reason = 'Something harmless'"],
    ["its ticket", "ticket_url = 'https://example.com/1'"],
    ["its version", "version = version + 1"],
    ["who edited it last", "edited_by_id = (SELECT id FROM person LIMIT 1)"],
  ])("does not change %s without an entry", async (_, change) => {
    const { id } = await aRequest();
    await expectRefused({
      table: "change_request",
      where: `id = '${id}'`,
      statements: [`UPDATE change_request SET ${change} WHERE id = '${id}'`],
      message: /only together with the entry/,
    });
  });

  test.each(["approved", "scheduled", "declined"])("is not %s without an entry", async (state) => {
    const { id } = await aRequest();
    const { id: by } = await aPerson("support");
    const ended = state === "scheduled" ? "" : ", ended_at = now()";
    await expectRefused({
      table: "change_request",
      where: `id = '${id}'`,
      statements: [
        `UPDATE change_request SET state = '${state}', decided_by_id = '${by}', decided_at = now() ${ended} WHERE id = '${id}'`,
      ],
      message: /decided only together with the entry/,
    });
  });

  test("is not said to be decided by somebody before it is", async () => {
    const { id } = await aRequest();
    await expectRefused({
      table: "change_request",
      where: `id = '${id}'`,
      statements: [`UPDATE change_request SET decision = 'All well' WHERE id = '${id}'`],
      message: /decided only together with the entry/,
    });
  });
});

describe("a schedule that waits", () => {
  const CHANGES: [string, string][] = [
    ["its author", "author_id = (SELECT id FROM person WHERE id <> author_id LIMIT 1)"],
    ["the token it came by", "token_id = gen_random_uuid()"],
    ["that it is bound to the version", "is_bound = false"],
    ["how late it may be", "late_hours = 9999"],
    ["its reason", "reason = 'Something harmless'"],
  ];

  test.each(CHANGES)("keeps %s", async (_, change) => {
    const { id: authorId } = await aPerson("support");
    const id = await aSchedule({ authorId, phoneNumberId: await aNumber() });
    await aPerson("support");
    await expectRefused({
      table: "schedule",
      where: `id = '${id}'`,
      statements: [`UPDATE schedule SET ${change} WHERE id = '${id}'`],
      message: NOT_ALLOWED,
    });
  });

  test("keeps its numbers", async () => {
    const { id: authorId } = await aPerson("support");
    const id = await aSchedule({ authorId, phoneNumberId: await aNumber() });
    await expectRefused({
      table: "schedule_item",
      where: `schedule_id = '${id}'`,
      statements: [`UPDATE schedule_item SET flag_version = 9 WHERE schedule_id = '${id}'`],
      message: NOT_ALLOWED,
    });
  });

  test("takes no more numbers once the trail tells of it", async () => {
    const request = await aRequest({ at: new Date(Date.now() + 3_600_000) });
    const approver = await aPerson("admin");
    await approveRequest(approver, { requestId: request.id, version: 1 });
    const { id } = await db().schedule.findFirstOrThrow({ where: { requestId: request.id } });
    const other = await aNumber();
    await expectRefused({
      table: "schedule_item",
      where: `schedule_id = '${id}'`,
      statements: [`INSERT INTO schedule_item VALUES ('${id}', '${other}', true, 0)`],
      message: /no number is added/,
    });
  });
});

describe("an account that needs two people", () => {
  const lift = (id: string) => `UPDATE account SET needs_two_people = false WHERE id = '${id}'`;
  const entryOf = (id: string, action: string) =>
    entry({
      action: `'account.${action}'`,
      target_type: "'account'",
      target_id: `'${id}'`,
      revision: "NULL",
    });

  const ATTACKS: [string, (id: string) => string[]][] = [
    ["the rule alone", (id) => [lift(id)]],
    ["an entry alone", (id) => [entryOf(id, "two_people_lifted")]],
    [
      "both, and no request that somebody approved",
      (id) => [lift(id), entryOf(id, "two_people_lifted")],
    ],
  ];

  test.each(ATTACKS)("is not relieved of it by %s", async (_, toStatements) => {
    const id = await anAccountOfTwo();
    await expectRefused({
      table: "account",
      where: `id = '${id}'`,
      statements: toStatements(id),
      message: /needs two people|a rule that the account does not have/,
    });
  });

  test("is not relieved of it while the request waits", async () => {
    const id = await anAccountOfTwo();
    await aLiftRequest(await aPerson("admin"), id);
    const statements = [lift(id), entryOf(id, "two_people_lifted")];
    const message = /needs two people/;
    await expectRefused({ table: "account", where: `id = '${id}'`, statements, message });
  });

  test("does not become one without an entry, and with one it does", async () => {
    const id = await anAccount();
    const set = `UPDATE account SET needs_two_people = true WHERE id = '${id}'`;
    const where = `id = '${id}'`;
    const message = /needs two people/;
    await expectRefused({ table: "account", where, statements: [set], message });
    await attack(set, entryOf(id, "two_people_required"));
  });
});

describe("a forced change", () => {
  const CHANGES: [string, string, RegExp][] = [
    [
      "who forced it",
      "forced_by_id = (SELECT id FROM person WHERE id <> forced_by_id LIMIT 1)",
      NOT_ALLOWED,
    ],
    ["why", "reason = 'Something harmless'", NOT_ALLOWED],
    ["when", "forced_at = now()", NOT_ALLOWED],
    ["what", "display = 'Something harmless'", NOT_ALLOWED],
    [
      "that nobody has reviewed it",
      "reviewed_at = now(), review = 'All well', reviewed_by_id = (SELECT id FROM person WHERE id <> forced_by_id LIMIT 1)",
      /reviewed only together with the entry/,
    ],
  ];

  test.each(CHANGES)("keeps %s", async (_, change, message) => {
    const id = await aForcedChange();
    await aPerson("admin");
    await expectRefused({
      table: "forced_change",
      where: `batch_id = '${id}'`,
      statements: [`UPDATE forced_change SET ${change} WHERE batch_id = '${id}'`],
      message,
    });
  });
});
