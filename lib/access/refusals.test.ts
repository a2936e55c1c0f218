import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anOrigin, aPerson, aSystem, aToken } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { setDatabaseClock } from "../db/database-clock.ts";
import { setFlag } from "../flags/set-flag.ts";
import { createPerson } from "../people/create-person.ts";
import { setPersonDisabled } from "../people/set-person-disabled.ts";
import { signInWithOpenId } from "../sign-in/sign-in-with-openid.ts";
import { signInWithPassword } from "../sign-in/sign-in-with-password.ts";
import { authenticateToken } from "../tokens/authenticate-token.ts";
import { revokeToken } from "../tokens/revoke-token.ts";
import { TokenMemory } from "../tokens/token-memory.ts";
import { authorize } from "./authorize.ts";
import { REFUSAL_WINDOW_MS } from "./record-refusal.ts";
import { toAnonymousActor } from "./refusal.ts";
import { RefusalLog, refusals } from "./refusal-log.ts";

useTestDatabase();

const system = aSystem("person:manage", "token:manage");
const REASON = "A test of the refusals";
const PASSWORD = "correct horse battery";
afterEach(() => vi.useRealTimers());

async function eventsAfter(act: () => Promise<unknown>) {
  await refusals().flush();
  const { seq } = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });
  await act();
  await refusals().settled();
  return await readEvents({ seq: { gt: seq } });
}

const denied = (attempt: () => unknown) => {
  expect(attempt).toThrow(expect.objectContaining({ code: "FORBIDDEN" }));
};
const wrong = (email: string, overrides: object = {}) =>
  signInWithPassword({ email, password: "not the password" }, anOrigin(overrides));
let address = 0;
const elsewhere = () => `198.51.100.${++address}`;

describe("a denial", () => {
  test("is recorded with the actor, the permission and the origin at the time", async () => {
    const person = await aPerson("account_manager");
    const flip = { phoneNumberId: await aNumber(), acceptsBsuid: true, reason: REASON };
    const events = await eventsAfter(() =>
      expect(setFlag(person, flip)).rejects.toMatchObject({ code: "FORBIDDEN" }),
    );
    expect(events).toMatchObject([
      {
        action: "access.denied",
        outcome: "denied",
        actorId: person.id,
        actorEmail: person.email,
        actorRole: "account_manager",
        targetType: "number",
        after: { permission: "flag:set", tried: flip.phoneNumberId },
        requestId: person.origin.requestId,
      },
    ]);
  });

  test("that is repeated many times is one event, then one with the count", async () => {
    const person = await aPerson("support");
    const events = await eventsAfter(async () => {
      for (let count = 0; count < 1_000; count += 1)
        denied(() => authorize(person, "person:manage"));
    });
    expect(events).toHaveLength(1);
    const [counted, ...more] = await eventsAfterFlush();
    expect(more).toEqual([]);
    expect(counted).toMatchObject({ after: { permission: "person:manage", repeats: 999 } });
  });

  test("of the same action on another number counts as a repeat, not as a new event", async () => {
    const person = await aPerson("auditor");
    const events = await eventsAfter(async () => {
      for (const phoneNumberId of ["101", "102", "words of theirs"]) {
        const flip = { phoneNumberId, acceptsBsuid: true, reason: REASON };
        await expect(setFlag(person, flip)).rejects.toMatchObject({ code: "FORBIDDEN" });
      }
    });
    expect(events).toMatchObject([{ after: { permission: "flag:set", tried: "101" } }]);
  });

  test("records no text of the client's in place of an id", async () => {
    const person = await aPerson("auditor");
    const flip = { phoneNumberId: "words of theirs", acceptsBsuid: true, reason: REASON };
    const events = await eventsAfter(() => expect(setFlag(person, flip)).rejects.toThrow());
    expect(events.map(({ after }) => after)).toEqual([{ permission: "flag:set" }]);
  });

  test("at the API names the request, without its query string", async () => {
    const token = await anApiToken("account_manager");
    const events = await eventsAfter(() => callApi("GET /api/v1/audit?q=Nia", { token }));
    expect(events).toMatchObject([
      { after: { permission: "audit:read", asked: "GET /api/v1/audit" } },
    ]);
  });

  test.each(["GET /api/v1/flags", "GET /api/v1/numbers"])(
    "of an invalid token names the request, too: %s",
    async (asked) => {
      const headers = { "x-client-ip": elsewhere() };
      const events = await eventsAfter(() => callApi(asked, { token: "unknown", headers }));
      expect(events).toMatchObject([{ action: "token.refused", after: { asked } }]);
    },
  );

  test("of a remembered token that has expired is recorded before it is forgotten", async () => {
    const memory = new TokenMemory();
    onTestFinished(() => memory.stop());
    const { id, secret } = await aToken({ scopes: ["flags:read"] });
    await memory.authenticate(secret, anOrigin());
    setDatabaseClock(Date.now() + 2 * 3_600_000);
    onTestFinished(() => setDatabaseClock(Date.now()));
    const asked = "GET /api/v1/flags";
    const events = await eventsAfter(async () => {
      expect(() => memory.find(secret, anOrigin({ asked }))).toThrow(/expired/);
    });
    expect(events).toMatchObject([{ action: "token.refused", targetId: id, after: { asked } }]);
  });

  test("of another person, or of something else, is an event of its own", async () => {
    const [one, other] = [await aPerson("support"), await aPerson("support")];
    const events = await eventsAfter(async () => {
      denied(() => authorize(one, "person:manage"));
      denied(() => authorize(other, "person:manage"));
      denied(() => authorize(one, "roster:write"));
    });
    expect(events).toHaveLength(3);
  });

  test("that another instance recorded is not recorded again, until ten minutes later", async () => {
    const person = await aPerson("auditor");
    const otherInstance = new RefusalLog();
    const refusal = {
      actor: person,
      action: "access.denied",
      outcome: "denied",
      target: { type: "person", id: "person:manage", display: "person:manage" },
      details: { permission: "person:manage" },
    } as const;
    const events = await eventsAfter(async () => {
      otherInstance.record(refusal);
      await otherInstance.settled();
      denied(() => authorize(person, "person:manage"));
    });
    expect(events).toHaveLength(1);
    const startedAt = new Date(Date.now() - REFUSAL_WINDOW_MS - 1_000);
    await db().refusalWindow.updateMany({ data: { startedAt } });
    const later = await eventsAfter(async () => denied(() => authorize(person, "person:manage")));
    expect(later).toHaveLength(1);
  });

  test("of somebody whose access ended a moment later is still recorded", async () => {
    const person = await aPerson("support");
    const events = await eventsAfter(async () => {
      await db().person.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
      denied(() => authorize(person, "person:manage"));
    });
    expect(events).toMatchObject([
      { action: "access.denied", actorId: "anonymous", after: { refusedId: person.id } },
    ]);
  });

  test("does not wait for the trail", async () => {
    const person = await aPerson("auditor");
    const { promise, resolve } = Promise.withResolvers<void>();
    const holder = db().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT FROM ledger WHERE id = 1 FOR UPDATE`;
      await promise;
    });
    denied(() => authorize(person, "roster:write"));
    const input = { email: "x@staff.test", name: "X", role: "admin" } as const;
    await expect(createPerson(person, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    resolve();
    await holder;
  });
});

describe("a sign-in that failed", () => {
  test("is recorded at the person, without what was typed", async () => {
    const person = await aPerson("support");
    const ip = elsewhere();
    const events = await eventsAfter(() => wrong(person.email, { ip }));
    expect(events).toMatchObject([
      {
        action: "session.started",
        outcome: "failed",
        actorType: "system",
        actorId: "anonymous",
        targetType: "person",
        targetId: person.id,
        after: { method: "password", why: "wrong password" },
        ip,
      },
    ]);
    expect(JSON.stringify(events, (_, value) => String(value))).not.toContain("not the password");
  });

  test("with an unknown email address records the origin, not the email address", async () => {
    const ip = elsewhere();
    const events = await eventsAfter(() => wrong("my-password-by-mistake@staff.test", { ip }));
    expect(events).toMatchObject([
      { outcome: "failed", targetId: "unknown", after: { why: "unknown address", from: ip } },
    ]);
    expect(JSON.stringify(events, (_, v) => (typeof v === "bigint" ? String(v) : v))).not.toContain(
      "by-mistake",
    );
  });

  test("of a disabled person is a denial, whose reason only the trail shows", async () => {
    const email = `${crypto.randomUUID()}@staff.test`;
    const input = { email, name: "Nia", role: "support", password: PASSWORD } as const;
    const { id: personId } = await createPerson(system, input);
    await setPersonDisabled(system, { personId, isDisabled: true, reason: REASON });
    const events = await eventsAfter(async () => {
      const origin = anOrigin({ ip: elsewhere() });
      expect(await signInWithPassword({ email, password: PASSWORD }, origin)).toBeNull();
    });
    expect(events).toMatchObject([
      { outcome: "denied", targetId: personId, after: { why: "disabled" } },
    ]);
  });

  test("from a hundred addresses at once is thirty events and a count", async () => {
    await refusals().flush();
    const events = await eventsAfter(async () => {
      for (let n = 0; n < 100; n += 1) {
        refusals().record({
          actor: toAnonymousActor(anOrigin()),
          action: "session.started",
          outcome: "failed",
          target: { type: "session", id: "unknown", display: `From 203.0.113.${n}` },
          details: { why: "unknown address", from: `203.0.113.${n}` },
        });
      }
    });
    expect(events).toHaveLength(31);
    expect(events.at(-1)).toMatchObject({ targetId: "many", after: { why: "many" } });
    expect((await eventsAfterFlush()).at(-1)).toMatchObject({ after: { repeats: 69 } });
  });

  test("by OpenID Connect is recorded with the provider's subject and no address", async () => {
    const identity = {
      issuer: "https://id.example",
      subject: crypto.randomUUID(),
      verifiedEmail: "stranger@staff.test",
      name: null,
      role: null,
    };
    const events = await eventsAfter(() =>
      signInWithOpenId(identity, { origin: anOrigin(), bootstrapAdminEmail: null }),
    );
    expect(events).toMatchObject([
      {
        outcome: "denied",
        targetId: "unknown",
        after: { method: "openid", why: "unknown", openIdSubject: identity.subject },
      },
    ]);
  });
});

describe("a refused token", () => {
  test.each<[string, (id: string) => Promise<unknown>]>([
    ["revoked", (tokenId) => revokeToken(system, { tokenId, reason: REASON })],
    [
      "expired",
      (id) => db().token.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } }),
    ],
  ])("because it was %s is recorded by name", async (why, end) => {
    const { id, secret } = await aToken({ scopes: ["flags:read"] });
    await end(id);
    const events = await eventsAfter(() =>
      expect(authenticateToken(secret, anOrigin())).rejects.toThrow(why),
    );
    expect(events).toMatchObject([
      { action: "token.refused", outcome: "denied", targetType: "token", targetId: id },
    ]);
    expect(JSON.stringify(events, (_, v) => String(v))).not.toContain(secret);
  });

  test("because it is unknown is recorded without the token", async () => {
    const events = await eventsAfter(() =>
      expect(authenticateToken("bsuid_pat_guessed", anOrigin())).rejects.toThrow("not known"),
    );
    expect(events).toMatchObject([{ outcome: "failed", targetId: "unknown" }]);
  });
});

async function eventsAfterFlush() {
  const { seq } = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });
  await refusals().flush();
  return await readEvents({ seq: { gt: seq } });
}
