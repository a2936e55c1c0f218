import { afterAll, beforeAll, expect, test } from "vitest";
import { startTransactionPooler } from "#testing/database/transaction-pooler.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anOrigin, aPerson, aSystem } from "#testing/factories.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { flagFeed, stopFlagFeed } from "../flags/flag-feed.ts";
import { setFlag } from "../flags/set-flag.ts";
import { importRoster } from "../roster/import-roster.ts";
import { findSessionActor } from "../sessions/find-session-actor.ts";
import { startSession } from "../sessions/start-session.ts";
import { closeDatabase, db, setDatabase } from "./client.ts";
import { withTurn } from "./with-turn.ts";

const database = useTestDatabase();
let pooler: Awaited<ReturnType<typeof startTransactionPooler>>;

beforeAll(async () => {
  pooler = await startTransactionPooler(database.appUrl());
  process.env.DIRECT_DATABASE_URL = pooler.url;
  setDatabase(pooler.url);
});

afterAll(async () => {
  await stopFlagFeed();
  await closeDatabase();
  pooler.close();
});

test("a statement finds a session that somebody else left, and its own settings in it", async () => {
  const read = () => db().$queryRaw<{ pid: number; zone: string; style: string; role: string }[]>`
    SELECT pg_backend_pid() AS pid, current_setting('TimeZone') AS zone,
           current_setting('DateStyle') AS style, current_user::text AS role`;
  const rows = [...(await read()), ...(await read()), ...(await read())];
  expect(new Set(rows.map(({ pid }) => pid)).size).toBe(3);
  for (const row of rows) {
    expect(row).toMatchObject({ zone: "UTC", style: "ISO, MDY", role: "bsuid_console_app" });
  }
});

test("flips of 20 at once, again and again, while rosters are imported and pages read", async () => {
  const support = await aPerson("support");
  const ids = await Promise.all(Array.from({ length: 20 }, () => aNumber()));
  const flipAll = (acceptsBsuid: boolean) =>
    ids.map((phoneNumberId) =>
      setFlag(support, { phoneNumberId, acceptsBsuid, reason: "Through a pooler" }),
    );
  const entries = Array.from({ length: 200 }, () => anEntry());
  for (let round = 0; round < 4; round += 1) {
    const [flips, imported, listed] = await Promise.all([
      Promise.all(flipAll(round % 2 === 0)),
      importRoster(aSystem("roster:write"), toSource(entries)),
      Promise.all(ids.map((id) => db().number.findUnique({ where: { phoneNumberId: id } }))),
    ]);
    expect(flips.every(({ changed }) => changed)).toBe(true);
    expect(imported).toMatchObject(round === 0 ? { created: 200 } : { unchanged: 200 });
    expect(listed.every((row) => row !== null)).toBe(true);
  }
  expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
});

test("a session begins and holds", async () => {
  const person = await aPerson("admin");
  const session = await startSession(person, { method: "password", previousSessionId: null });
  expect(await findSessionActor(session, anOrigin())).toMatchObject({ id: person.id });
});

test("one at a time has its turn, and gives it back", async () => {
  const turn = () => withTurn("a test", async () => await withTurn("a test", async () => "both"));
  // Null within: somebody has it.
  for (let round = 0; round < 4; round += 1) expect(await turn()).toBeNull();
  expect(await withTurn("a test", async () => "done")).toBe("done");
});

test("the feed sees a flip soon even where no notification comes through", async () => {
  const phoneNumberId = await aNumber();
  await expect.poll(() => flagFeed().timeline).not.toBeNull();
  const support = await aPerson("support");
  const flip = { phoneNumberId, acceptsBsuid: true, reason: "Seen by the feed" };
  const { number } = await setFlag(support, flip);
  await expect
    .poll(() => flagFeed().timeline?.revision, { timeout: 3_000 })
    .toBe(number.flagRevision);
});
