import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anOrigin, aPerson, aSystem, aToken } from "#testing/factories.ts";
import { RACE } from "#testing/rounds.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import type { PersonActor } from "../access/actor.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { db } from "../db/client.ts";
import { isUnavailable } from "../db/is-unavailable.ts";
import { authenticateToken } from "../tokens/authenticate-token.ts";
import { revokeToken } from "../tokens/revoke-token.ts";
import { RefusedChanges } from "./refused-changes.ts";
import { type SetFlagsInput, setFlags } from "./set-flags.ts";

// Calls made in the same turn of the event loop wait for the ledger together, and share a transaction.

const database = useTestDatabase();

type Flip = { actor: PersonActor; input: SetFlagsInput };

/** Switches a number of its own on: by somebody else, for another reason, under another request id. */
async function aFlip(change: Partial<SetFlagsInput["changes"][number]> = {}): Promise<Flip> {
  const actor = await aPerson("support");
  const phoneNumberId = await aNumber();
  const reason = `Asked for by ${actor.email}`;
  return {
    actor,
    input: { changes: [{ phoneNumberId, acceptsBsuid: true, ...change }], reason },
  };
}

const flips = (count: number) => Promise.all(Array.from({ length: count }, () => aFlip()));
const apply = (group: readonly Flip[]) =>
  Promise.allSettled(group.map(({ actor, input }) => setFlags(actor, input)));
const idsOf = (group: readonly Flip[]) =>
  group.flatMap(({ input }) => input.changes.map(({ phoneNumberId }) => phoneNumberId));
const statuses = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.map(({ status }) => status);
const readFlags = async (group: readonly Flip[]) => {
  const ids = idsOf(group);
  const rows = await db().number.findMany({ where: { phoneNumberId: { in: ids } } });
  const accepts = new Map(rows.map((row) => [row.phoneNumberId, row.acceptsBsuid]));
  return ids.map((id) => accepts.get(id));
};
const eventsOf = (group: readonly Flip[]) => readEvents({ targetId: { in: idsOf(group) } });

/** In how many transactions their events were written. */
async function countTransactions(group: readonly Flip[]): Promise<number> {
  return await withClient(database.ownerUrl(), async (owner) => {
    const { rows } = await owner.query<{ count: string }>(
      "SELECT count(DISTINCT xmin::text) FROM audit_event WHERE target_id = ANY($1)",
      [idsOf(group)],
    );
    return Number(rows[0]?.count);
  });
}

test(
  "twenty flips at once share a transaction, each with its own actor, reason, request and answer",
  RACE,
  async () => {
    const group = await flips(20);
    const results = await Promise.all(group.map(({ actor, input }) => setFlags(actor, input)));
    expect(await countTransactions(group)).toBe(1);
    const events = await eventsOf(group);
    expect(events).toHaveLength(20);
    for (const [place, { actor, input }] of group.entries()) {
      const event = events[place];
      expect(event).toMatchObject({
        targetId: input.changes[0]?.phoneNumberId,
        actorId: actor.id,
        actorEmail: actor.email,
        requestId: actor.origin.requestId,
        reason: input.reason,
        batchId: null,
      });
      expect(results[place]).toMatchObject({
        changed: [
          {
            phoneNumberId: event?.targetId,
            acceptsBsuid: true,
            flagRevision: Number(event?.revision),
            flagChangedBy: { email: actor.email },
          },
        ],
        cursor: `${event?.revision}.${event?.hash.slice(0, 8)}`,
      });
    }
  },
);

test("a stale change, an unknown number and a revoked token in a group are refused without affecting the others", async () => {
  const group = await flips(17);
  const { id: tokenId, secret } = await aToken({ personId: (await aPerson("support")).id });
  const revoked = await authenticateToken(secret, anOrigin());
  const admin = aSystem("token:manage");
  await revokeToken(admin, { tokenId, reason: "Left on a shared screen" });
  const refused: Flip[] = [
    await aFlip({ expectedVersion: 7 }),
    await aFlip({ phoneNumberId: "424242" }),
    { ...(await aFlip()), actor: revoked as PersonActor },
  ];
  const all = [...group.slice(0, 5), ...refused, ...group.slice(5)];

  const results = await apply(all);

  const reasons = results.slice(5, 8).map((each) => each.status === "rejected" && each.reason);
  expect(reasons).toMatchObject([
    { refusals: [{ why: "stale" }] },
    { refusals: [{ why: "unknown" }] },
    { code: "UNAUTHENTICATED" },
  ]);
  expect(reasons[0]).toBeInstanceOf(RefusedChanges);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(17);
  expect(await readFlags(group)).toEqual(group.map(() => true));
  expect(await readFlags(refused)).toEqual([false, undefined, false]);
  expect(await eventsOf(refused)).toEqual([]);
  expect(await countTransactions(group)).toBe(1);
});

test("when the database refuses one request's event, the others are retried alone and succeed", async () => {
  const group = await flips(6);
  const broken = group[2] as Flip;
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query(`CREATE TRIGGER break_one BEFORE INSERT ON audit_event FOR EACH ROW
      WHEN (NEW.request_id = '${broken.actor.origin.requestId}')
      EXECUTE FUNCTION refuse_change('broken by a test')`);
    const results = await apply(group);
    await owner.query("DROP TRIGGER break_one ON audit_event");
    expect(statuses(results)).toEqual(
      group.map((one) => (one === broken ? "rejected" : "fulfilled")),
    );
  });
  expect(await readFlags(group)).toEqual(group.map((one) => one !== broken));
  expect(await eventsOf([broken])).toEqual([]);
  expect(await countTransactions(group)).toBe(5);
});

test("when no event can be written, nothing of the group is left", async () => {
  const group = await flips(5);
  await whileAuditFails(database.ownerUrl(), async () => {
    expect(statuses(await apply(group))).toEqual(group.map(() => "rejected"));
  });
  expect(await readFlags(group)).toEqual(group.map(() => false));
});

test("of several flips of one number each sees the result of the one before", async () => {
  const [one, again, off] = [await aFlip(), await aFlip(), await aFlip()];
  const phoneNumberId = idsOf([one])[0] as string;
  again.input.changes = one.input.changes;
  off.input.changes = [{ phoneNumberId, acceptsBsuid: false }];
  const other = await aFlip();
  const results = await Promise.all(
    [one, again, off, other].map(({ actor, input }) => setFlags(actor, input)),
  );
  expect(results.map(({ changed }) => changed.length)).toEqual([1, 0, 1, 1]);
  expect(results[1]?.unchanged).toMatchObject([{ phoneNumberId, flagVersion: 1 }]);
  expect(results[2]?.changed).toMatchObject([{ phoneNumberId, flagVersion: 2 }]);
  expect((await eventsOf([one])).map(({ action }) => action)).toEqual([
    "flag.enabled",
    "flag.disabled",
  ]);
});

test("a dry run in a group returns a result, and writes nothing", async () => {
  const [dry, real] = [await aFlip(), await aFlip()];
  dry.input.dryRun = true;
  const results = await apply([dry, real]);
  expect(results).toMatchObject([{ value: { changed: [{ acceptsBsuid: true }] } }, {}]);
  expect(await readFlags([dry, real])).toEqual([false, true]);
  expect(await eventsOf([dry])).toEqual([]);
});

test("a call with many numbers gets a transaction of its own", async () => {
  const { accountId } = await db().number.findUniqueOrThrow({
    where: { phoneNumberId: await aNumber() },
  });
  const ids = Array.from({ length: 501 }, (_, place) => `88${String(place).padStart(12, "0")}`);
  const same = { accountId, displayPhoneNumber: "+15550100199", portfolioId: "1", wabaId: "1" };
  await db().number.createMany({
    data: ids.map((phoneNumberId) => ({ phoneNumberId, label: phoneNumberId, ...same })),
  });
  const many = await aFlip();
  many.input.changes = ids.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid: true }));
  const [before, after] = [await aFlip(), await aFlip()];
  const results = await apply([before, many, after]);
  expect(statuses(results)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
  expect(await countTransactions([before, after])).toBe(1);
  expect(await countTransactions([before, many])).toBe(2);
  expect(new Set((await eventsOf([many])).map(({ batchId }) => batchId)).size).toBe(1);
});

test("when the connection ends at the commit, all get the same error, and none is retried", async () => {
  const group = await flips(4);
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query(`CREATE FUNCTION wait_at_commit() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN PERFORM pg_sleep(30); RETURN NULL; END $$`);
    await owner.query(`CREATE CONSTRAINT TRIGGER a_wait_at_commit AFTER INSERT ON audit_event
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_at_commit()`);
    const results = apply(group);
    const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE wait_event = 'PgSleep' AND datname = current_database()`;
    await expect.poll(async () => (await owner.query(end)).rowCount).toBe(1);
    const errors = (await results).map((each) => each.status === "rejected" && each.reason);
    await owner.query("DROP TRIGGER a_wait_at_commit ON audit_event");
    expect(new Set(errors).size).toBe(1);
    expect(isUnavailable(errors[0])).toBe(true);
  });
  expect(await readFlags(group)).toEqual(group.map(() => false));
  expect(statuses(await apply(group))).toEqual(group.map(() => "fulfilled"));
});

test("while somebody else holds the ledger, each is answered within 5 s, whenever it came", async () => {
  const group = await flips(5);
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query("BEGIN");
    await owner.query("SELECT FROM ledger FOR UPDATE");
    const timed = group.map(async ({ actor, input }, place) => {
      await sleep(place * 300);
      const askedAt = performance.now();
      const error = await setFlags(actor, input).catch((failure: unknown) => failure);
      return { isTold: isUnavailable(error), seconds: (performance.now() - askedAt) / 1_000 };
    });
    for (const { isTold, seconds } of await Promise.all(timed)) {
      expect(isTold).toBe(true);
      expect(seconds).toBeLessThan(5);
    }
    await owner.query("ROLLBACK");
  });
  expect(await readFlags(group)).toEqual(group.map(() => false));
});

test("after all that, the trail is whole and its replay is the flag table", async () => {
  expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
});
