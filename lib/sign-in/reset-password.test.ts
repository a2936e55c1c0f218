import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anOrigin, aPerson } from "#testing/factories.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { newPassword } from "../people/password.ts";
import { findSessionActor } from "../sessions/find-session-actor.ts";
import { startSession } from "../sessions/start-session.ts";
import { resetPassword } from "./reset-password.ts";
import { signInWithPassword } from "./sign-in-with-password.ts";

const database = useTestDatabase();

const REASON = "They forgot the old one";
const eventsOf = (id: string) => readEvents({ targetId: id });

test("a new password is random, clear to read, and long enough", () => {
  const made = Array.from({ length: 200 }, newPassword);
  expect(new Set(made).size).toBe(200);
  for (const password of made)
    expect(password).toMatch(/^([a-km-np-z2-9]{4}-){4}[a-km-np-z2-9]{4}$/);
});

test("a person signs in with the new password, and no longer with the one before", async () => {
  const admin = await aPerson("admin");
  const { id: personId, email } = await aPerson("support");
  const first = await resetPassword(admin, { personId, reason: REASON });
  const second = await resetPassword(admin, { personId, reason: REASON });
  expect(await signInWithPassword({ email, password: first.password }, anOrigin())).toBeNull();
  expect(await signInWithPassword({ email, password: second.password }, anOrigin())).toMatchObject({
    email,
  });
});

test("a new password ends every session, and is recorded without a secret", async () => {
  const admin = await aPerson("admin");
  const person = await aPerson("support");
  const input = { personId: person.id, reason: REASON };
  const session = await startSession(person, { method: "password", previousSessionId: null });
  const { password } = await resetPassword(admin, input);
  expect(await findSessionActor(session, anOrigin())).toBeNull();
  await resetPassword(admin, input);
  const events = await eventsOf(person.id);
  expect(events).toMatchObject([
    {
      action: "person.password_reset",
      before: { hasPassword: false },
      after: { hasPassword: true },
      reason: REASON,
    },
    { action: "person.password_reset", before: null, after: null, reason: REASON },
  ]);
  const { passwordHash } = await db().person.findUniqueOrThrow({ where: { id: person.id } });
  const recorded = JSON.stringify(events, (_, value) =>
    typeof value === "bigint" ? String(value) : value,
  );
  expect(recorded).not.toContain(password);
  expect(recorded).not.toContain(passwordHash);
});

test.each(["support", "account_manager", "auditor"] as const)(
  "the role %s cannot reset a password, its own neither",
  async (role) => {
    const actor = await aPerson(role);
    for (const personId of [actor.id, (await aPerson("support")).id]) {
      const attempt = resetPassword(actor, { personId, reason: REASON });
      await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
      const { passwordHash } = await db().person.findUniqueOrThrow({ where: { id: personId } });
      expect(passwordHash).toBeNull();
    }
  },
);

test("nothing changes when the trail cannot be written", async () => {
  const admin = await aPerson("admin");
  const { id: personId } = await aPerson("support");
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(resetPassword(admin, { personId, reason: REASON })).rejects.toThrow();
  });
  const person = await db().person.findUniqueOrThrow({ where: { id: personId } });
  expect(person).toMatchObject({ passwordHash: null, sessionVersion: 1 });
});

test("without a reason, or for nobody, it is refused", async () => {
  const admin = await aPerson("admin");
  await expect(resetPassword(admin, { personId: admin.id, reason: " no " })).rejects.toMatchObject({
    code: "INVALID_INPUT",
    issues: [{ path: "reason" }],
  });
  await expect(
    resetPassword(admin, { personId: crypto.randomUUID(), reason: REASON }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
});
