import { describe, expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anOrigin, aPerson } from "#testing/factories.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { signOutEverywhere } from "../people/sign-out-everywhere.ts";
import { endSession } from "./end-session.ts";
import { findSessionActor } from "./find-session-actor.ts";
import { listSessions } from "./list-sessions.ts";
import { startSession } from "./start-session.ts";

const database = useTestDatabase();

const REASON = "A test of the sessions";
const MINUTE_MS = 60_000;
const start = (actor: PersonActor, previousSessionId: string | null = null) =>
  startSession(actor, { method: "password", previousSessionId });
const whoIs = (session: { sessionId: string }) => findSessionActor(session, anOrigin());
const eventsOf = (targetId: string) => readEvents({ targetId });
const age = (id: string, data: object) => db().session.update({ where: { id }, data });
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS);

describe("a sign-in", () => {
  test("begins a session of its own, and is recorded with how and from where", async () => {
    const person = await aPerson("support");
    const { sessionId } = await start(person);
    expect(await whoIs({ sessionId })).toMatchObject({ id: person.id, sessionId });
    expect(await eventsOf(sessionId)).toMatchObject([
      {
        action: "session.started",
        outcome: "success",
        actorId: person.id,
        actorEmail: person.email,
        targetType: "session",
        after: { method: "password" },
        ip: "127.0.0.1",
      },
    ]);
  });

  test("ends the session that the browser had before", async () => {
    const person = await aPerson("support");
    const old = await start(person);
    const other = await start(person);
    const fresh = await start(person, old.sessionId);
    expect(fresh.sessionId).not.toBe(old.sessionId);
    expect(await whoIs(old)).toBeNull();
    expect(await whoIs(other)).not.toBeNull();
  });

  test("of somebody disabled a moment ago begins nothing", async () => {
    const person = await aPerson("support");
    await db().person.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
    await expect(start(person)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect(await db().session.count({ where: { personId: person.id } })).toBe(0);
  });

  test("begins nothing when the trail cannot be written", async () => {
    const person = await aPerson("support");
    const old = await start(person);
    await whileAuditFails(database.ownerUrl(), async () => {
      await expect(start(person, old.sessionId)).rejects.toThrow();
    });
    expect(await db().session.count({ where: { personId: person.id } })).toBe(1);
    expect(await whoIs(old)).not.toBeNull();
  });
});

describe("a session is over", () => {
  test.each([
    ["after eight hours, however busy", { expiresAt: minutesAgo(0) }],
    ["after an hour in which nothing was asked", { lastSeenAt: minutesAgo(61) }],
    ["when it was ended by hand-written SQL", { endedAt: minutesAgo(0) }],
  ])("%s", async (_, data) => {
    const session = await start(await aPerson("support"));
    await age(session.sessionId, data);
    expect(await whoIs(session)).toBeNull();
  });

  test("for good: nothing makes an ended one active again", async () => {
    const person = await aPerson("support");
    const { sessionId } = await start(person);
    await endSession(person, { sessionId });
    await expect(age(sessionId, { endedAt: null })).rejects.toThrow("an ended session stays ended");
  });
});

test("a session lasts eight hours, and its use is recorded once a minute", async () => {
  const session = await start(await aPerson("support"));
  const { sessionId: id } = session;
  const { createdAt, expiresAt } = await db().session.findUniqueOrThrow({ where: { id } });
  expect(expiresAt.getTime() - createdAt.getTime()).toBe(8 * 60 * MINUTE_MS);
  const readSeen = async () => (await db().session.findUniqueOrThrow({ where: { id } })).lastSeenAt;
  const at = minutesAgo(0.5);
  await age(id, { lastSeenAt: at });
  await whoIs(session);
  expect(await readSeen()).toEqual(at);
  await age(id, { lastSeenAt: minutesAgo(59) });
  await whoIs(session);
  expect(Date.now() - (await readSeen()).getTime()).toBeLessThan(MINUTE_MS);
});

describe("ending a session", () => {
  test("of one's own takes no reason, ends that one alone, and is recorded once", async () => {
    const person = await aPerson("auditor");
    const mine = await start(person);
    const other = await start(person);
    await Promise.all([endSession(person, mine), endSession(person, mine)]);
    await endSession(person, mine);
    expect(await whoIs(mine)).toBeNull();
    expect(await whoIs(other)).not.toBeNull();
    expect((await eventsOf(mine.sessionId)).map(({ action }) => action)).toEqual([
      "session.started",
      "session.ended",
    ]);
  });

  test("of somebody else takes an admin and a reason", async () => {
    const session = await start(await aPerson("support"));
    const asked = { ...session, reason: REASON };
    for (const role of ["support", "account_manager", "auditor"] as const) {
      const refused = endSession(await aPerson(role), asked);
      await expect(refused).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    const admin = await aPerson("admin");
    await expect(endSession(admin, session)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(await whoIs(session)).not.toBeNull();
    await endSession(admin, asked);
    expect(await whoIs(session)).toBeNull();
    expect((await eventsOf(session.sessionId)).at(-1)).toMatchObject({ reason: REASON });
  });

  test("does not reveal whether a session exists", async () => {
    const reason = REASON;
    const sessionId = crypto.randomUUID();
    const stranger = endSession(await aPerson("support"), { sessionId, reason });
    await expect(stranger).rejects.toMatchObject({ code: "FORBIDDEN" });
    const admin = endSession(await aPerson("admin"), { sessionId, reason });
    await expect(admin).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("stops a write that was under way with it", async () => {
    const person = await aPerson("support");
    const session = await start(person);
    const actor = await whoIs(session);
    if (!actor) throw new Error("The session stands.");
    await endSession(person, session);
    const flip = { phoneNumberId: await aNumber(), acceptsBsuid: true, reason: REASON };
    await expect(setFlag(actor, flip)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("does not end it when the trail cannot be written", async () => {
    const person = await aPerson("support");
    const session = await start(person);
    await whileAuditFails(database.ownerUrl(), async () => {
      await expect(endSession(person, session)).rejects.toThrow();
    });
    expect(await whoIs(session)).not.toBeNull();
  });
});

describe("signing out everywhere", () => {
  test("ends every session of that person and nobody else's, and is recorded", async () => {
    const [person, other] = [await aPerson("support"), await aPerson("support")];
    const sessions = [await start(person), await start(person)];
    const others = await start(other);
    await signOutEverywhere(person, { personId: person.id });
    for (const session of sessions) expect(await whoIs(session)).toBeNull();
    expect(await whoIs(others)).not.toBeNull();
    expect(await eventsOf(person.id)).toMatchObject([
      {
        action: "session.ended_everywhere",
        before: { sessionVersion: 1 },
        after: { sessionVersion: 2 },
      },
    ]);
  });

  test("for somebody else takes an admin and a reason", async () => {
    const person = await aPerson("support");
    const session = await start(person);
    const asked = { personId: person.id, reason: REASON };
    const refused = signOutEverywhere(await aPerson("auditor"), asked);
    await expect(refused).rejects.toMatchObject({ code: "FORBIDDEN" });
    const admin = await aPerson("admin");
    const silent = signOutEverywhere(admin, { personId: person.id });
    await expect(silent).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(await whoIs(session)).not.toBeNull();
    await signOutEverywhere(admin, asked);
    expect(await whoIs(session)).toBeNull();
  });
});

describe("listing sessions", () => {
  test("shows active ones, newest first, and the current one", async () => {
    const person = await aPerson("support");
    const [ended, over, first, second] = [
      await start(person),
      await start(person),
      await start(person),
      await start(person),
    ];
    await endSession(person, ended);
    await age(over.sessionId, { expiresAt: minutesAgo(1) });
    const asking = { ...person, sessionId: first.sessionId };
    expect(await listSessions(asking, person.id)).toMatchObject([
      { id: second.sessionId, isCurrent: false, method: "password", ip: "127.0.0.1" },
      { id: first.sessionId, isCurrent: true },
    ]);
    await signOutEverywhere(person, { personId: person.id });
    expect(await listSessions(person, person.id)).toEqual([]);
  });

  test("of somebody else is an admin's", async () => {
    const person = await aPerson("support");
    await start(person);
    expect(await listSessions(await aPerson("admin"), person.id)).toHaveLength(1);
    const refused = listSessions(await aPerson("auditor"), person.id);
    await expect(refused).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
