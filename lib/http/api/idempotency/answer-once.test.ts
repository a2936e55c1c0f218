import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aPerson, aToken } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { RACE, rounds } from "#testing/rounds.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../../../db/client.ts";

// Shown at changes of flags; every operation that takes an Idempotency-Key runs through the same code.

const database = useTestDatabase();
const reason = "The whole account moved over";

async function aClient() {
  const { id: personId } = await aPerson("support");
  return { personId, token: (await aToken({ personId })).secret };
}

type Sent = { token: string; key?: string; id: string; accepts?: boolean; reason?: string };

const post = ({ token, key, id, accepts = true, ...more }: Sent) =>
  callApi("POST /api/v1/flag-changes", {
    token,
    body: { changes: [{ phoneNumberId: id, acceptsBsuid: accepts }], reason, ...more },
    headers: key === undefined ? {} : { "idempotency-key": key },
  });

const isReplayed = ({ headers }: { headers: Headers }) =>
  headers.get("idempotency-replayed") === "true";
const eventsOf = (id: string) => readEvents({ targetId: id });
const keysOf = (personId: string) => db().idempotencyKey.findMany({ where: { personId } });

test("the same key and body is carried out once, and answered as the first time", async () => {
  const { token } = await aClient();
  const sent = { token, key: randomUUID(), id: await aNumber() };
  const first = await post(sent);
  expect(first).toMatchObject({ status: 200, body: { changed: [{ acceptsBsuid: true }] } });
  expect(isReplayed(first)).toBe(false);
  await post({ token, id: sent.id, accepts: false });
  const again = await post(sent);
  expect(again).toMatchObject({ status: 200, body: first.body });
  expect(isReplayed(again)).toBe(true);
  expect(again.headers.get("content-type")).toBe(first.headers.get("content-type"));
  expect(await eventsOf(sent.id)).toHaveLength(2);
});

test("a call without a key is carried out each time", async () => {
  const { token, personId } = await aClient();
  const id = await aNumber();
  await post({ token, id });
  expect(await post({ token, id })).toMatchObject({ body: { changed: [], unchanged: [{}] } });
  expect(await keysOf(personId)).toEqual([]);
});

test("the key with another body is 422, and carries nothing out", async () => {
  const { token } = await aClient();
  const sent = { token, key: randomUUID(), id: await aNumber() };
  await post(sent);
  const other = await post({ ...sent, accepts: false });
  expect(other).toMatchObject({ status: 422, body: { errors: [{ path: "Idempotency-Key" }] } });
  expect(isReplayed(other)).toBe(false);
  expect(await eventsOf(sent.id)).toHaveLength(1);
});

test.each([{ prefer: "handling=strict" }, { "if-match": '"v0"' }])(
  "the key with the header %j added is another request",
  async (added) => {
    const { token } = await aClient();
    const headers = { "idempotency-key": randomUUID() };
    const call = `PUT /api/v1/numbers/${await aNumber()}/flag`;
    const sent = { token, body: { acceptsBsuid: true, reason } };
    await callApi(call, { ...sent, headers });
    const other = await callApi(call, { ...sent, headers: { ...headers, ...added } });
    expect(other).toMatchObject({ status: 422, body: { errors: [{ path: "Idempotency-Key" }] } });
  },
);

test("a key belongs to its person and route", async () => {
  const key = randomUUID();
  const [one, other] = [await aClient(), await aClient()];
  const [first, second] = [await aNumber(), await aNumber()];
  await post({ token: one.token, key, id: first });
  const byOther = await post({ token: other.token, key, id: second });
  expect(byOther).toMatchObject({ status: 200, body: { changed: [{ phoneNumberId: second }] } });
  expect(isReplayed(byOther)).toBe(false);
});

test.each(["", "x".repeat(256), "with\ttab", "naïve"])("the key %j is refused", async (key) => {
  const { token } = await aClient();
  const id = await aNumber();
  const answer = await post({ token, key, id });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "Idempotency-Key" }] } });
  expect(await eventsOf(id)).toEqual([]);
});

test("any other printable key is taken", async () => {
  const { token } = await aClient();
  for (const key of ["x", "~ !\"#'{}", "k".repeat(255)]) {
    const sent = { token, key, id: await aNumber() };
    await post(sent);
    expect(isReplayed(await post(sent))).toBe(true);
  }
});

test("an answer that changed nothing is kept, too", async () => {
  const { token } = await aClient();
  const sent = { token, key: randomUUID(), id: await aNumber(), accepts: false };
  expect(await post(sent)).toMatchObject({ body: { unchanged: [{}] } });
  await post({ token, id: sent.id });
  expect(await post(sent)).toMatchObject({ body: { unchanged: [{ acceptsBsuid: false }] } });
});

test.each([
  ["an unknown number", { id: "4711" }, 422],
  ["a reason that is too short", { id: "4711", reason: "abc" }, 400],
])("a refusal for %s is kept", async (_, wrong, status) => {
  const { token } = await aClient();
  const sent = { token, key: randomUUID(), ...wrong };
  const first = await post(sent);
  expect(first.status).toBe(status);
  const again = await post(sent);
  expect(again).toMatchObject({ status, body: first.body });
  expect(isReplayed(again)).toBe(true);
});

test("a refusal for want of access is not kept: the key works once the access is there", async () => {
  const { id: personId } = await aPerson("auditor");
  const { secret: token } = await aToken({ personId });
  const sent = { token, key: randomUUID(), id: await aNumber() };
  expect(await post(sent)).toMatchObject({ status: 403 });
  await db().person.update({ where: { id: personId }, data: { role: "support" } });
  expect(await post(sent)).toMatchObject({ status: 200 });
});

test("whoever may not make the change any more does not get the kept answer", async () => {
  const { personId, token } = await aClient();
  const sent = { token, key: randomUUID(), id: await aNumber() };
  await post(sent);
  await db().person.update({ where: { id: personId }, data: { role: "auditor" } });
  expect(await post(sent)).toMatchObject({ status: 403 });
});

test("a failure is not kept: the key works once the database does", async () => {
  const { token, personId } = await aClient();
  const sent = { token, key: randomUUID(), id: await aNumber() };
  await whileAuditFails(database.ownerUrl(), async () => {
    expect(await post(sent)).toMatchObject({ status: 500 });
  });
  expect(await keysOf(personId)).toEqual([]);
  expect(await post(sent)).toMatchObject({ status: 200, body: { changed: [{}] } });
});

test("the answer is written in the transaction of the change", async () => {
  const { token } = await aClient();
  const sent = { token, key: randomUUID(), id: await aNumber() };
  await post(sent);
  await withClient(database.ownerUrl(), async (owner) => {
    const { rows } = await owner.query(
      `SELECT k.xmin::text = e.xmin::text AS together FROM idempotency_key k, audit_event e
       WHERE k.key = $1 AND e.target_id = $2`,
      [sent.key, sent.id],
    );
    expect(rows).toEqual([{ together: true }]);
  });
});

test.each([
  ["two-people", { needsTwoPeople: true, reason }],
  ["zone", { zone: "Europe/Madrid", reason }],
  ["manager", { email: null, standIns: [], reason }],
])(
  "an account's %s: what is kept is the whole answer, never its transaction's result",
  async (path, body) => {
    const { id: personId } = await aPerson("admin");
    const { secret: token } = await aToken({ personId });
    const accountId = await anAccount();
    await db().account.update({
      where: { id: accountId },
      data: { managerId: (await aPerson("account_manager")).id },
    });
    const headers = { "idempotency-key": randomUUID() };
    await withClient(database.ownerUrl(), async (owner) => {
      await owner.query(`CREATE TRIGGER only_whole BEFORE INSERT ON idempotency_key
      FOR EACH ROW WHEN (NOT new.body::jsonb ? 'account')
      EXECUTE FUNCTION refuse_change('broken by a test')`);
      const call = `PUT /api/v1/accounts/${accountId}/${path}`;
      const first = await callApi(call, { token, body, headers });
      const again = await callApi(call, { token, body, headers });
      await owner.query("DROP TRIGGER only_whole ON idempotency_key");
      expect(first).toMatchObject({ status: 200, body: { changed: true, account: {} } });
      expect(again).toMatchObject({ status: 200, body: first.body });
      expect(isReplayed(again)).toBe(true);
    });
  },
);

test("when the answer cannot be kept, nothing is changed", async () => {
  const { token } = await aClient();
  const sent = { token, key: randomUUID(), id: await aNumber() };
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query(`CREATE TRIGGER break_it BEFORE INSERT ON idempotency_key
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('broken by a test')`);
    expect(await post(sent)).toMatchObject({ status: 500 });
    await owner.query("DROP TRIGGER break_it ON idempotency_key");
  });
  expect(await eventsOf(sent.id)).toEqual([]);
});

test("the same request twenty times at once is carried out once", async () => {
  for (const _ of rounds(10)) {
    const { token } = await aClient();
    const sent = { token, key: randomUUID(), id: await aNumber() };
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(sent)));
    expect(answers.filter(isReplayed)).toHaveLength(19);
    for (const { body } of answers) expect(body).toEqual(answers[0]?.body);
    expect(await eventsOf(sent.id)).toHaveLength(1);
  }
});

test("two bodies with one key at once: one is carried out, the other refused", RACE, async () => {
  const { token } = await aClient();
  const sent = { token, key: randomUUID(), id: await aNumber() };
  const bodies = [sent, { ...sent, reason: "Another reason" }];
  const answers = await Promise.all(bodies.map(post));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
});

test("while the first is being carried out, a second is 409 within six seconds", async () => {
  const { token } = await aClient();
  const sent = { token, key: randomUUID(), id: await aNumber() };
  const name = JSON.stringify([
    (await db().token.findFirstOrThrow({ orderBy: { createdAt: "desc" } })).personId,
    "POST /api/v1/flag-changes",
    sent.key,
  ]);
  // As another instance holds it.
  await withClient(database.ownerUrl(), async (other) => {
    await other.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", [`idempotency ${name}`]);
    const startedAt = performance.now();
    expect(await post(sent)).toMatchObject({ status: 409, body: { code: "CONFLICT" } });
    expect(performance.now() - startedAt).toBeLessThan(6_000);
    const waiting = post(sent);
    await sleep(300);
    await other.query("SELECT pg_advisory_unlock_all()");
    expect(await waiting).toMatchObject({ status: 200 });
  });
}, 20_000);

test("after 24 hours the key is free again", async () => {
  const { token, personId } = await aClient();
  const sent = { token, key: randomUUID(), id: await aNumber() };
  await post(sent);
  const createdAt = new Date(Date.now() - 24 * 3_600_000 - 1_000);
  await db().idempotencyKey.updateMany({ where: { personId }, data: { createdAt } });
  const again = await post(sent);
  expect(again).toMatchObject({ status: 200, body: { unchanged: [{}] } });
  expect(isReplayed(again)).toBe(false);
});

test("a service token's key is not looked at: it changes no flag", async () => {
  const token = await anApiToken("numbers:read");
  expect(await post({ token, key: randomUUID(), id: "4711" })).toMatchObject({ status: 403 });
});
