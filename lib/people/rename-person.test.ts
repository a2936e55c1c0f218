import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anOrigin, aPerson, aSystem } from "#testing/factories.ts";
import { RACE } from "#testing/rounds.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { toSignedEvent } from "../audit/to-signed-event.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { findSessionActor } from "../sessions/find-session-actor.ts";
import { startSession } from "../sessions/start-session.ts";
import { renamePerson } from "./rename-person.ts";
import { setPersonDisabled } from "./set-person-disabled.ts";

const database = useTestDatabase();

const reason = "They married";
const anAddress = () => `${randomUUID()}@staff.test`;
const events = async () =>
  (await db().auditEvent.findMany({ orderBy: { seq: "asc" } })).map(toSignedEvent);
const eventsOf = (targetId: string) => readEvents({ targetId });
const read = (id: string) => db().person.findUniqueOrThrow({ where: { id } });

test("a new name and a new address count at once, and their sessions go on", async () => {
  const person = await aPerson("support");
  const how = { method: "password", previousSessionId: null } as const;
  const session = await startSession(person, how);
  const email = anAddress();
  const input = { personId: person.id, name: " Pat Newname ", email: email.toUpperCase(), reason };
  const changed = await renamePerson(await aPerson("admin"), input);
  expect(changed).toMatchObject({ changed: true, name: "Pat Newname", email });
  expect(await findSessionActor(session, anOrigin())).toMatchObject({ name: "Pat Newname", email });
});

test("neither deleting nor renaming a person changes an event", async () => {
  const admin = await aPerson("admin");
  const person = await aPerson("support");
  const { id: personId, name, email } = person;
  const flip = { phoneNumberId: await aNumber(), acceptsBsuid: true, reason: "Asked for" };
  await setFlag(person, flip);
  const before = await events();
  await renamePerson(admin, { personId, name: "Somebody Else", email: anAddress(), reason });
  await setPersonDisabled(admin, { personId, isDisabled: true, reason });
  await expect(db().person.delete({ where: { id: personId } })).rejects.toThrow();
  const after = await events();
  expect(after.slice(0, before.length)).toEqual(before);
  const [flipped] = await readEvents({ actorId: personId });
  expect(flipped?.actor).toMatchObject({ id: personId, name, email });
  expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
});

test.each([
  ["the name", { name: "Pat Newname" }],
  ["the address", { email: anAddress() }],
])("of %s alone, that alone is recorded, once", async (_, wanted) => {
  const admin = await aPerson("admin");
  const { id: personId, name, email } = await aPerson("auditor");
  const [field = ""] = Object.keys(wanted);
  const input = { personId, name, email, reason, ...wanted };
  await renamePerson(admin, input);
  expect(await renamePerson(admin, input)).toMatchObject({ changed: false });
  expect(await eventsOf(personId)).toMatchObject([
    {
      action: "person.renamed",
      before: { [field]: { name, email }[field] },
      after: wanted,
      target: { display: `${name} <${email}>` },
      reason,
    },
  ]);
});

test.each(["support", "account_manager", "auditor"] as const)(
  "the role %s can rename nobody, not even themselves",
  async (role) => {
    const actor = await aPerson(role);
    const { id: personId, email } = actor;
    const attempt = renamePerson(actor, { personId, name: "The Admin", email, reason });
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await read(personId)).toMatchObject({ name: actor.name });
  },
);

test(
  "an address that is taken is refused, also to one of two who want it at once",
  RACE,
  async () => {
    const admin = await aPerson("admin");
    const [one, other] = [await aPerson("support"), await aPerson("support")];
    const taken = renamePerson(admin, {
      personId: one.id,
      name: one.name,
      email: other.email,
      reason,
    });
    await expect(taken).rejects.toMatchObject({ code: "CONFLICT", issues: [{ path: "email" }] });
    const email = anAddress();
    const done = await Promise.allSettled(
      [one, other].map(({ id: personId, name }) =>
        renamePerson(admin, { personId, name, email, reason }),
      ),
    );
    const refused = { status: "rejected", reason: expect.objectContaining({ code: "CONFLICT" }) };
    expect(done).toContainEqual(expect.objectContaining({ status: "fulfilled" }));
    expect(done).toContainEqual(refused);
  },
);

test("without a name, an address or a reason, or for nobody, it is refused", async () => {
  const admin = await aPerson("admin");
  const right = { personId: admin.id, name: admin.name, email: admin.email, reason };
  for (const wrong of [{ name: " " }, { email: "no address" }, { reason: "no" }]) {
    const [path] = Object.keys(wrong);
    const attempt = renamePerson(admin, { ...right, ...wrong });
    await expect(attempt).rejects.toMatchObject({ code: "INVALID_INPUT", issues: [{ path }] });
  }
  const nobody = renamePerson(admin, { ...right, personId: randomUUID() });
  await expect(nobody).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("nothing changes when the trail cannot be written", async () => {
  const admin = await aPerson("admin");
  const person = await aPerson("support");
  const input = { personId: person.id, name: "Somebody Else", email: anAddress(), reason };
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(renamePerson(admin, input)).rejects.toThrow();
  });
  expect(await read(person.id)).toMatchObject({ name: person.name, email: person.email });
});
