import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aPerson, aSystem } from "#testing/factories.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import type { PersonActor } from "../access/actor.ts";
import { setAccountPeople } from "../accounts/set-account-people.ts";
import { db } from "../db/client.ts";
import { retireNumber } from "../flags/retire-number.ts";
import { setFlag } from "../flags/set-flag.ts";
import { renamePerson } from "../people/rename-person.ts";
import { importRoster } from "../roster/import-roster.ts";
import { listUpdatedNumbers } from "./list-updated-numbers.ts";
import type { NumberRecord } from "./number-record.ts";
import { readNumbersInOrder } from "./read-numbers-in-order.ts";

const database = useTestDatabase();

const REASON = "They asked for it";
let reader: PersonActor;
let support: PersonActor;
beforeAll(async () => {
  reader = await aPerson("auditor");
  support = await aPerson("support");
});

/** A copy of the roster that reads on from where it stopped. */
class Mirror {
  readonly numbers = new Map<string, NumberRecord>();
  cursor = "0";
  pages = 0;
  readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Reads until there is no more for now; returns which numbers came. */
  async read(): Promise<string[]> {
    const ids: string[] = [];
    for (;;) {
      const input = { updatedSince: this.cursor, limit: this.limit };
      const { items, nextCursor } = await listUpdatedNumbers(reader, input);
      for (const number of items) this.numbers.set(number.phoneNumberId, number);
      ids.push(...items.map(({ phoneNumberId }) => phoneNumberId));
      this.cursor = nextCursor;
      this.pages += 1;
      if (items.length < this.limit) return ids;
    }
  }
}

async function aMirror(limit = 50): Promise<Mirror> {
  const mirror = new Mirror(limit);
  await mirror.read();
  return mirror;
}

async function readTruth(): Promise<Map<string, NumberRecord>> {
  const rows = await db().number.findMany({ select: { phoneNumberId: true } });
  const records = await readNumbersInOrder(rows.map(({ phoneNumberId }) => phoneNumberId));
  return new Map(records.map((number) => [number.phoneNumberId, number]));
}

const load = (values: unknown[]) => importRoster(aSystem("roster:write"), toSource(values));
const flip = (phoneNumberId: string, acceptsBsuid: boolean) =>
  setFlag(support, { phoneNumberId, acceptsBsuid, reason: REASON });

test("changed numbers come once, in the order of their changes, then none until the next change", async () => {
  const ids = [await aNumber(), await aNumber(), await aNumber()];
  const mirror = await aMirror();
  expect(await mirror.read()).toEqual([]);
  await flip(ids[2] as string, true);
  await flip(ids[0] as string, true);
  expect(await mirror.read()).toEqual([ids[2], ids[0]]);
  expect(await mirror.read()).toEqual([]);
});

test("a retired number is listed, as retired", async () => {
  const phoneNumberId = await aNumber();
  const mirror = await aMirror();
  await retireNumber(aSystem("number:retire"), { phoneNumberId, reason: REASON });
  expect(await mirror.read()).toEqual([phoneNumberId]);
  expect(mirror.numbers.get(phoneNumberId)?.retiredAt).not.toBeNull();
});

test("an account that is renamed or gets another manager moves all of its numbers", async () => {
  const entry = anEntry();
  const sibling = { ...anEntry(), ...accountOf(entry) };
  await load([entry, sibling, anEntry()]);
  const ids = [entry.phoneNumberId, sibling.phoneNumberId].sort();
  const mirror = await aMirror();
  await load([
    { ...entry, accountName: "Renamed" },
    { ...sibling, accountName: "Renamed" },
  ]);
  expect((await mirror.read()).sort()).toEqual(ids);
  const manager = await aPerson("account_manager");
  const { accountExternalId: externalId } = entry;
  await db().account.update({ where: { externalId }, data: { managerId: manager.id } });
  expect((await mirror.read()).sort()).toEqual(ids);
  expect(mirror.numbers.get(ids[0] as string)?.account.manager?.email).toBe(manager.email);
});

function accountOf({ accountName, accountExternalId }: ReturnType<typeof anEntry>) {
  return { accountName, accountExternalId };
}

test("a person who is renamed moves the numbers that name them, as manager or who changed the flag", async () => {
  const manager = await aPerson("account_manager");
  const accountId = await anAccount();
  await db().account.update({ where: { id: accountId }, data: { managerId: manager.id } });
  const managed = await aNumber({ accountId });
  const flipped = await aNumber();
  const flipper = await aPerson("support");
  await setFlag(flipper, { phoneNumberId: flipped, acceptsBsuid: true, reason: REASON });
  const mirror = await aMirror();
  const admin = await aPerson("admin");
  for (const personId of [manager.id, flipper.id]) {
    const to = { name: "Newly named", email: `${randomUUID()}@staff.test` };
    await renamePerson(admin, { personId, ...to, reason: REASON });
  }
  expect(await mirror.read()).toEqual([managed, flipped]);
  expect(mirror.numbers.get(flipped)?.flagChangedBy?.name).toBe("Newly named");
});

test("a write by hand is listed, too: the database itself keeps the order", async () => {
  const phoneNumberId = await aNumber();
  const mirror = await aMirror();
  await db()
    .$executeRaw`UPDATE number SET label = 'By hand' WHERE phone_number_id = ${phoneNumberId}`;
  expect(await mirror.read()).toEqual([phoneNumberId]);
  const owner = new pg.Client(database.ownerUrl());
  await owner.connect();
  try {
    // A revision set by hand, in the row or in the session, counts for nothing.
    await owner.query("SET bsuid.roster_revision = '1:1'");
    await owner.query(
      "UPDATE number SET waba_id = '7', roster_revision = 1 WHERE phone_number_id = $1",
      [phoneNumberId],
    );
  } finally {
    await owner.end();
  }
  expect(await mirror.read()).toEqual([phoneNumberId]);
});

test("changes come in the order of their commits: one that began earlier and took longer is not missed", async () => {
  const [slow, quick] = [await aNumber(), await aNumber()];
  const mirror = await aMirror();
  const one = new pg.Client(database.ownerUrl());
  await one.connect();
  await one.query("BEGIN");
  await one.query("UPDATE number SET label = 'Slow' WHERE phone_number_id = $1", [slow]);
  const other = flip(quick, true);
  await sleep(200);
  expect(await mirror.read()).toEqual([]);
  await one.query("COMMIT");
  await one.end();
  await other;
  expect(await mirror.read()).toEqual([slow, quick]);
});

test("a reader beside writers of every kind, page by page, ends on the truth and has missed none", async () => {
  const entries = Array.from({ length: 30 }, () => anEntry());
  await load(entries);
  const mirror = await aMirror(7);
  const any = () => entries[Math.floor(Math.random() * entries.length)] as (typeof entries)[number];
  const [admin, manager] = [await aPerson("admin"), await aPerson("account_manager")];
  const externalIds = entries.map(({ accountExternalId }) => accountExternalId);
  const accounts = await db().account.findMany({ where: { externalId: { in: externalIds } } });
  const accountIds = accounts.map(({ id }) => id);
  const emails = [manager.email, null];
  const writers: (() => Promise<unknown>)[] = [
    () => flip(any().phoneNumberId, Math.random() < 0.5),
    () => load([{ ...any(), label: `Label ${randomUUID()}` }]),
    () => load([{ ...any(), accountName: `Account ${randomUUID()}` }]),
    () => load([anEntry()]),
    async () => {
      const email = emails[Math.floor(Math.random() * 2)] ?? null;
      await setAccountPeople(admin, { accountIds, email, reason: REASON });
    },
    () =>
      db()
        .$executeRaw`UPDATE number SET label = label || '.' WHERE phone_number_id = ${any().phoneNumberId}`,
  ];
  let isWriting = true;
  const reading = (async () => {
    while (isWriting) await mirror.read();
  })();
  for (let round = 0; round < 25; round += 1) await Promise.all(writers.map((write) => write()));
  isWriting = false;
  await reading;
  await mirror.read();
  expect(mirror.pages).toBeGreaterThan(10);
  expect(mirror.numbers).toEqual(await readTruth());
});

test("a cursor from before a restore starts over, since the database may have lost what it listed", async () => {
  await aNumber({ accepts: true });
  const mirror = await aMirror();
  const position: unknown[] = JSON.parse(Buffer.from(mirror.cursor, "base64url").toString());
  const foreign = [...position.slice(0, 4), "0123456789abcdef"];
  mirror.cursor = Buffer.from(JSON.stringify(foreign)).toString("base64url");
  expect((await mirror.read()).length).toBe((await readTruth()).size);
});

test("an invalid cursor is refused, with the parameter's name", async () => {
  for (const updatedSince of ["nonsense", "1", "", "2026-11-29T00:00:00Z"]) {
    const refused = listUpdatedNumbers(reader, { updatedSince });
    await expect(refused).rejects.toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path: "updatedSince" }],
    });
  }
});
