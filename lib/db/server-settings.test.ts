import { afterEach, expect, test, vi } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anOrigin, aPerson, aSystem, aToken } from "#testing/factories.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import { readHead } from "../audit/head/read-head.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { setFlag } from "../flags/set-flag.ts";
import { toAppError } from "../http/api/to-app-error.ts";
import { logger } from "../logger.ts";
import { listNumberHistory } from "../numbers/list-number-history.ts";
import { hashPassword } from "../people/password.ts";
import { importRoster } from "../roster/import-roster.ts";
import { findSessionActor } from "../sessions/find-session-actor.ts";
import { listSessions } from "../sessions/list-sessions.ts";
import { startSession } from "../sessions/start-session.ts";
import { signInWithPassword } from "../sign-in/sign-in-with-password.ts";
import { authenticateToken } from "../tokens/authenticate-token.ts";
import { closeDatabase, db } from "./client.ts";
import { isUnavailable } from "./is-unavailable.ts";
import { DatabaseSettingsError } from "./session-check.ts";

const database = useTestDatabase();
const PASSWORD = "a password of the settings' tests";
const MINUTE_MS = 60_000;

/** Runs with the database set so; connections of before are closed. */
async function withSetting(setting: string, value: string, work: () => Promise<void>) {
  const elsewhere = new URL(database.ownerUrl());
  const name = elsewhere.pathname.slice(1);
  elsewhere.pathname = "/postgres";
  const alter = async (what: string) => {
    await withClient(elsewhere.href, (owner) => owner.query(`ALTER DATABASE ${name} ${what}`));
    await closeDatabase();
  };
  await alter(`SET ${setting} = ${value}`);
  try {
    await work();
  } finally {
    await alter(`RESET ${setting}`);
  }
}

afterEach(() => closeDatabase());

function expectNow(times: readonly (string | Date | null | undefined)[]) {
  for (const time of times) {
    expect(Math.abs(new Date(time ?? "").getTime() - Date.now())).toBeLessThan(MINUTE_MS);
  }
}

test.each([
  ["TimeZone", "'America/Sao_Paulo'"],
  ["TimeZone", "'Pacific/Kiritimati'"],
  ["TimeZone", "'America/St_Johns'"],
  ["DateStyle", "'SQL, DMY'"],
  ["DateStyle", "'German'"],
  ["DateStyle", "'Postgres, YMD'"],
  ["IntervalStyle", "'sql_standard'"],
  ["standard_conforming_strings", "off"],
  ["array_nulls", "off"],
  ["client_encoding", "'LATIN1'"],
  ["search_path", "pg_catalog"],
  ["bytea_output", "'escape'"],
  ["extra_float_digits", "-15"],
  ["gin_fuzzy_search_limit", "1"],
  ["default_transaction_isolation", "'serializable'"],
  ["role", "bsuid_console_app"],
])("a database with %s = %s serves, records and proves as any other", async (setting, value) => {
  await withSetting(setting, value, async () => {
    const support = await aPerson("support");
    await db().person.update({
      where: { id: support.id },
      data: { passwordHash: await hashPassword(PASSWORD) },
    });
    const signedIn = await signInWithPassword(
      { email: support.email, password: PASSWORD },
      anOrigin(),
    );
    if (!signedIn) return expect.unreachable("Nobody was signed in.");
    const session = await startSession(signedIn, { method: "password", previousSessionId: null });
    const actor = await findSessionActor(session, anOrigin());
    expect(actor).toMatchObject({ id: support.id });
    const [listed] = await listSessions(support, support.id);
    expectNow([listed?.createdAt, listed?.lastSeenAt]);

    const phoneNumberId = await aNumber({ label: "Ação \\ 'ß' 日本" });
    const { number } = await setFlag(support, {
      phoneNumberId,
      acceptsBsuid: true,
      reason: "Ação \\' em São Paulo 日本",
    });
    expectNow([number.flagChangedAt]);
    const [entry] = (await listNumberHistory(support, phoneNumberId, {})).items;
    expect(entry).toMatchObject({ reason: "Ação \\' em São Paulo 日本" });
    expect(entry?.occurredAt).toBe(number.flagChangedAt);

    const imported = await importRoster(aSystem("roster:write"), toSource([anEntry(), anEntry()]));
    expect(imported).toMatchObject({ created: 2 });
    const head = await readHead(aSystem("audit:read"));
    expectNow([head.signedAt]);
    expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({
      isWhole: true,
      head: { seq: head.seq },
    });

    const { id, secret } = await aToken({ personId: support.id });
    for (const [milliseconds, works] of [
      [1_500_000, true],
      [-1_000, false],
    ] as const) {
      const expiresAt = new Date(Date.now() + milliseconds);
      await db().token.update({ where: { id }, data: { expiresAt } });
      const authenticated = authenticateToken(secret, anOrigin());
      if (works) expect(await authenticated).toMatchObject({ id: support.id });
      else await expect(authenticated).rejects.toThrow("expired");
      await db().session.update({ where: { id: session.sessionId }, data: { expiresAt } });
      expect((await findSessionActor(session, anOrigin())) !== null).toBe(works);
    }
  });
});

test("a database that takes no writes is read as before, and what is written is answered as unavailable", async () => {
  const support = await aPerson("support");
  const phoneNumberId = await aNumber();
  await withSetting("default_transaction_read_only", "on", async () => {
    const log = vi.spyOn(logger(), "error");
    expect(await db().number.findUnique({ where: { phoneNumberId } })).toMatchObject({
      acceptsBsuid: false,
    });
    const cause = expect.stringContaining("default_transaction_read_only is on");
    expect(log).toHaveBeenCalledWith({ cause }, expect.any(String));
    const flip = { phoneNumberId, acceptsBsuid: true, reason: "Not to be written" };
    const failures = [
      setFlag(support, flip),
      importRoster(aSystem("roster:write"), toSource([anEntry()])),
      startSession(support, { method: "password", previousSessionId: null }),
    ].map((work) => work.catch((error: unknown) => error));
    for (const failure of await Promise.all(failures)) {
      expect(failure).toBeInstanceOf(Error);
      expect(toAppError(failure, "a-request")).toMatchObject({ code: "UNAVAILABLE" });
    }
  });
  expect(
    (await setFlag(support, { phoneNumberId, acceptsBsuid: true, reason: "Again" })).changed,
  ).toBe(true);
});

test.each([
  ["statement_timeout", "1", "SELECT pg_sleep(0.2)"],
  ["transaction_timeout", "50", "SELECT pg_sleep(0.3)"],
])("a statement that %s ends is unavailable, no fault of ours", async (setting, value, sql) => {
  await withSetting(setting, value, async () => {
    const failure = await db()
      .$queryRawUnsafe(sql)
      .catch((error: unknown) => error);
    expect(isUnavailable(failure)).toBe(true);
  });
});

test.each([
  ["session_replication_role", "replica"],
  ["synchronous_commit", "off"],
])("%s is named where it is %s, and nothing is read or written", async (setting, value) => {
  await withSetting(setting, value, async () => {
    const failure = await db()
      .number.count()
      .catch((error: unknown) => error);
    expect(String(failure)).toContain(`${setting} is ${value}`);
    expect(failure).toBeInstanceOf(DatabaseSettingsError);
  });
});
