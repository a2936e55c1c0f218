import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { verifyExport } from "../audit/export/verify-export.ts";
import { getAuditEvent } from "../audit/get-audit-event.ts";
import { auditKeys } from "../audit/head/audit-keys.ts";
import { readHead } from "../audit/head/read-head.ts";
import { toAuditEvent } from "../audit/to-audit-event.ts";
import { verifyTrail } from "../audit/verify-trail.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { importRoster } from "../roster/import-roster.ts";
import { anApiToken } from "../testing/api-token.ts";
import { whileAuditFails } from "../testing/break-audit.ts";
import { askOutsider, readExport } from "../testing/export-file.ts";
import { aNumber, aPerson, aSystem } from "../testing/factories.ts";
import { anEntry, toSource } from "../testing/roster.ts";
import { tamper } from "../testing/tamper.ts";
import { useTestDatabase } from "../testing/use-test-database.ts";
import type { PersonActor } from "./actor.ts";
import { createPerson } from "./create-person.ts";
import { pseudonymisePerson } from "./pseudonymise-person.ts";
import { renamePerson } from "./rename-person.ts";
import { resetPassword } from "./reset-password.ts";
import { setPersonDisabled } from "./set-person-disabled.ts";
import { setPersonRole } from "./set-person-role.ts";

const database = useTestDatabase();
const reader = aSystem("audit:read");
const reason = "Request 17 of the data protection office";
let admin: PersonActor;

/** A person who was added, changed, and switched something on. */
async function somebody(): Promise<PersonActor> {
  const email = `zoe.${crypto.randomUUID()}@staff.test`;
  const made = await createPerson(admin, { email, name: "Zoë Quist", role: "auditor" });
  await setPersonRole(admin, { personId: made.id, role: "support", reason });
  const { sessionVersion } = await db().person.findUniqueOrThrow({ where: { id: made.id } });
  const base = await aPerson("support");
  const zoe = { ...base, id: made.id, email, name: "Zoë Quist", sessionVersion } as PersonActor;
  await setFlag(zoe, { phoneNumberId: await aNumber(), acceptsBsuid: true, reason: "Asked for" });
  return zoe;
}

const events = async () =>
  (await db().auditEvent.findMany({ orderBy: { seq: "asc" } })).map(toAuditEvent);

beforeEach(async () => {
  admin = await aPerson("admin");
});

/** What our verifiers and the outsider's say, of the database and of an export. */
async function judge() {
  await readHead(reader);
  const trail = await verifyTrail(reader);
  const text = await readExport(await anApiToken("audit:read"));
  const { known, signing } = auditKeys();
  const folder = await mkdtemp(path.join(tmpdir(), "pseudonyms-"));
  const exported = path.join(folder, "export");
  await writeFile(exported, text);
  const outsider = await askOutsider(exported, signing.publicKey.text);
  const file = await verifyExport(createReadStream(exported), { keys: known });
  await rm(folder, { recursive: true });
  return { trail, file, outsider };
}

const WHOLE = { trail: { isWhole: true }, file: { isWhole: true }, outsider: { code: 0 } };

test("a person's data is nowhere any more, and the chain's hashes are what they were", async () => {
  const zoe = await somebody();
  const before = await events();
  const pseudonym = await pseudonymisePerson(admin, { personId: zoe.id, reason });
  const after = await events();
  expect(pseudonym).toMatchObject({ changed: true, name: expect.stringMatching(/^Former person/) });
  const everything = JSON.stringify(
    [after, await db().person.findMany(), await db().auditRestatement.findMany()],
    (_, value) => (typeof value === "bigint" ? String(value) : value),
  );
  expect(everything).not.toContain(zoe.email);
  expect(everything).not.toContain("Quist");
  expect(after.slice(0, -1).map(({ hash }) => hash)).toEqual(before.map(({ hash }) => hash));
  const touched = after.filter(({ restatedBy }) => restatedBy !== undefined);
  expect(touched).toHaveLength(3);
  expect(touched.at(-1)).toMatchObject({
    actor: { id: zoe.id, email: pseudonym.email, name: pseudonym.name, role: "support" },
    ip: null,
    userAgent: null,
    reason: "Asked for",
  });
  expect(after.at(-1)).toMatchObject({
    action: "person.pseudonymised",
    target: { id: zoe.id, display: pseudonym.name },
    after: { events: 3, name: pseudonym.name, email: pseudonym.email },
    reason,
  });
  const untouched = after.filter(({ restatedBy }) => restatedBy === undefined).slice(0, -1);
  for (const event of untouched) expect(before).toContainEqual(event);
});

test("every verifier finds the trail whole afterwards, also when entries are restated twice", async () => {
  const zoe = await somebody();
  const other = await somebody();
  await setPersonRole({ ...admin }, { personId: other.id, role: "admin", reason });
  await pseudonymisePerson(admin, { personId: zoe.id, reason });
  expect(await judge()).toMatchObject(WHOLE);
  const next = await aPerson("admin");
  await pseudonymisePerson(next, { personId: admin.id, reason });
  expect(JSON.stringify(await events())).not.toContain(admin.email);
  expect(await judge()).toMatchObject(WHOLE);
  expect(await pseudonymisePerson(next, { personId: admin.id, reason })).toMatchObject({
    changed: false,
  });
});

test("the person is out for good", async () => {
  const zoe = await somebody();
  await pseudonymisePerson(admin, { personId: zoe.id, reason });
  const person = await db().person.findUniqueOrThrow({ where: { id: zoe.id } });
  expect(person).toMatchObject({ disabledAt: expect.any(Date), passwordHash: null });
  const flip = { phoneNumberId: await aNumber(), acceptsBsuid: true, reason: "Once more" };
  await expect(setFlag(zoe, flip)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
});

test.each([
  ["a restated entry edited", "reason = 'Somebody else'", "attests other content"],
  ["a restated entry's mark taken away", "restated_by = NULL", "edited"],
  [
    "a restated entry marked for an entry that attests nothing",
    "restated_by = seq + 2",
    "attests other content",
  ],
])("with %s, every verifier refuses the trail", async (_, change, words) => {
  const zoe = await somebody();
  await pseudonymisePerson(admin, { personId: zoe.id, reason });
  await aNumber({ accepts: true });
  const sql = `UPDATE audit_event SET ${change} WHERE actor_id = '${zoe.id}'`;
  await tamper(database.ownerUrl(), sql, async () => {
    const { trail, file, outsider } = await judge();
    expect(trail.isWhole).toBe(false);
    expect(JSON.stringify(trail)).toContain(words);
    expect(file.isWhole).toBe(false);
    expect(outsider.code).toBe(1);
  });
});

test("an entry of a pseudonym is whole on its own page, and an edited one is not", async () => {
  const zoe = await somebody();
  await pseudonymisePerson(admin, { personId: zoe.id, reason });
  const entry = (await events()).find(({ actor }) => actor.id === zoe.id);
  const read = async () => await getAuditEvent(reader, String(entry?.seq));
  const restatement = { by: entry?.restatedBy, isAttested: true };
  expect(await read()).toMatchObject({ faults: [], restatement });
  const sql = `UPDATE audit_event SET reason = 'Somebody else' WHERE seq = ${entry?.seq}`;
  await tamper(database.ownerUrl(), sql, async () => {
    expect(await read()).toMatchObject({ faults: ["not-attested"] });
  });
  const alone = `UPDATE audit_event SET action = 'x' WHERE seq = ${entry?.restatedBy}`;
  await tamper(database.ownerUrl(), alone, async () => {
    expect(await read()).toMatchObject({ faults: ["not-attested"] });
  });
});

test("the daily verification compares all that was restated, however old", async () => {
  const zoe = await somebody();
  await pseudonymisePerson(admin, { personId: zoe.id, reason });
  const since = await readHead(reader);
  // Of the old entries only the last is read again.
  const scope = { since, againAfter: since.seq - 1 };
  expect(await verifyTrail(reader, scope)).toMatchObject({ isWhole: true });
  const sql = `UPDATE audit_event SET reason = 'Somebody else' WHERE actor_id = '${zoe.id}'`;
  await tamper(database.ownerUrl(), sql, async () => {
    const problem = expect.stringContaining("attests other content");
    expect(await verifyTrail(reader, scope)).toMatchObject({ isWhole: false, problem });
  });
});

test("an untouched entry cannot be edited under the cover of a mark", async () => {
  await aNumber({ accepts: true });
  const untouched = (await events()).at(-1)?.seq;
  const zoe = await somebody();
  await pseudonymisePerson(admin, { personId: zoe.id, reason });
  const { seq } = (await events()).at(-1) ?? {};
  const sql = `UPDATE audit_event SET reason = 'Somebody else', restated_by = ${seq} WHERE seq = ${untouched}`;
  await tamper(database.ownerUrl(), sql, async () => {
    expect(await judge()).toMatchObject({
      trail: { isWhole: false, seq },
      file: { isWhole: false },
      outsider: { code: 1 },
    });
  });
});

test("the application can restate nothing by itself", async () => {
  const zoe = await somebody();
  const [last] = (await events()).slice(-1);
  const bySeq = BigInt(last?.seq ?? 0);
  const restatement = { bySeq, personId: zoe.id, events: [] };
  await expect(db().auditRestatement.create({ data: restatement })).rejects.toThrow("pseudonym");
  await expect(db().auditEvent.updateMany({ data: { reason: "Somebody else" } })).rejects.toThrow();
});

test("when the entry cannot be written, everything stays as it was", async () => {
  const zoe = await somebody();
  const before = await events();
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(pseudonymisePerson(admin, { personId: zoe.id, reason })).rejects.toThrow();
  });
  expect(await events()).toEqual(before);
  expect(await db().person.findUnique({ where: { id: zoe.id } })).toMatchObject({
    email: zoe.email,
  });
});

test("only who manages people does it, and not to themself", async () => {
  const zoe = await somebody();
  const support = await aPerson("support");
  const attempt = (by: PersonActor, personId: string) =>
    pseudonymisePerson(by, { personId, reason });
  await expect(attempt(support, zoe.id)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(attempt(admin, admin.id)).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(attempt(admin, crypto.randomUUID())).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a person who was renamed is nowhere under the former names either", async () => {
  const zoe = await somebody();
  const { id: personId, email } = zoe;
  const phoneNumberId = await aNumberGivenTo(email);
  await renamePerson(admin, { personId, reason, name: "Zoë Rowe", email: `new.${email}` });
  await renamePerson(admin, { personId, reason, name: "Zoë Stone", email: `newer.${email}` });
  await pseudonymisePerson(admin, { personId, reason });
  const about = (await events()).filter(({ actor, target }) =>
    [actor.id, target.id].some((id) => id === personId || id === phoneNumberId),
  );
  expect(about.map(({ action }) => action)).toContain("number.updated");
  const everything = JSON.stringify([
    about,
    await db().person.findMany({ where: { id: personId } }),
  ]);
  for (const words of [email, "Quist", "Rowe", "Stone"]) {
    expect(everything.includes(words), words).toBe(false);
  }
  expect(await judge()).toMatchObject(WHOLE);
});

test("whoever types another address than the person's has the wrong one", async () => {
  const zoe = await somebody();
  const attempt = (expectedEmail: string) =>
    pseudonymisePerson(admin, { personId: zoe.id, reason, expectedEmail });
  await expect(attempt(admin.email)).rejects.toMatchObject({
    code: "INVALID_INPUT",
    issues: [{ path: "expectedEmail" }],
  });
  expect(await attempt(` ${zoe.email.toUpperCase()}`)).toMatchObject({ changed: true });
});

test("a pseudonym is never somebody again", async () => {
  const { id: personId } = await somebody();
  await pseudonymisePerson(admin, { personId, reason });
  const before = await db().person.findUniqueOrThrow({ where: { id: personId } });
  for (const attempt of [
    () => setPersonDisabled(admin, { personId, isDisabled: false, reason }),
    () => setPersonRole(admin, { personId, role: "admin", reason }),
    () => renamePerson(admin, { personId, name: "Zoë Quist", email: "zoe@staff.test", reason }),
    () => resetPassword(admin, { personId, reason }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "CONFLICT", message: /pseudonym/ });
  }
  expect(await db().person.findUniqueOrThrow({ where: { id: personId } })).toEqual(before);
});

/** An entry that names them by what was changed, not as who did it or to whom. */
async function aNumberGivenTo(managerEmail: string): Promise<string> {
  const importer = aSystem("roster:write");
  const entry = anEntry();
  await importRoster(importer, toSource([entry]));
  await importRoster(importer, toSource([{ ...entry, managerEmail }]));
  return entry.phoneNumberId;
}
