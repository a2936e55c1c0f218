import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aPerson, aSystem } from "#testing/factories.ts";
import { aCount, reportNow } from "#testing/http/report.ts";
import { requireTwoPeople } from "#testing/two-people.ts";
import type { Actor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { getAccount } from "./get-account.ts";
import { listAccountHistory } from "./list-account-history.ts";
import { listAccounts } from "./list-accounts.ts";
import { setAccountPeople } from "./set-account-people.ts";

useTestDatabase();

const reader = aSystem("desk:read");
const names = async (input: Parameters<typeof listAccounts>[1], actor: Actor = reader) =>
  (await listAccounts(actor, input)).items.map(({ name }) => name);

test("accounts are found by every word of name, id and manager, without accents", async () => {
  const mark = randomUUID().slice(0, 8);
  const manager = await aPerson("account_manager");
  await db().person.update({ where: { id: manager.id }, data: { name: `Zoë ${mark}` } });
  const data = { externalId: `acc-${mark}`, name: `Café São João ${mark}`, managerId: manager.id };
  await db().account.create({ data });
  await anAccount(`Cafeteria ${mark}`);
  expect(await names({ q: `cafe ${mark}` })).toEqual([`Cafeteria ${mark}`, data.name]);
  expect(await names({ q: `zoe JOAO ${mark}` })).toEqual([data.name]);
  expect(await names({ q: `acc-${mark}` })).toEqual([data.name]);
  expect(await names({ q: `${mark} 100%` })).toEqual([]);
});

test("pages are by name, without gaps and repeats, and count all that match", async () => {
  const mark = randomUUID().slice(0, 8);
  const wanted = ["Ana", "ana", "Bar", "café", "Zoo"].map((name) => `${name} ${mark}`);
  for (const name of [...wanted].reverse()) await anAccount(name);
  const seen: string[] = [];
  let cursor: string | null | undefined;
  for (let pages = 0; cursor !== null && pages < 9; pages += 1) {
    const page = await listAccounts(reader, { q: mark, limit: 2, ...(cursor ? { cursor } : {}) });
    expect(page.total).toBe(wanted.length);
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor;
  }
  expect([...seen].sort()).toEqual([...wanted].sort());
  expect(seen.at(-1)).toBe(`Zoo ${mark}`);
  const made = listAccounts(reader, { cursor: "made-up" });
  await expect(made).rejects.toMatchObject({ code: "INVALID_INPUT" });
});

test("mine are those that one manages or stands in for", async () => {
  const [mark, admin, me] = [
    randomUUID(),
    await aPerson("admin"),
    await aPerson("account_manager"),
  ];
  const [managed, standing] = [await anAccount(`A ${mark}`), await anAccount(`B ${mark}`)];
  await anAccount(`C ${mark}`);
  const reason = "Ana takes over";
  await setAccountPeople(admin, { accountIds: [managed], email: me.email, reason });
  await setAccountPeople(admin, { accountIds: [standing], standIns: [me.email], reason });
  expect(await names({ q: mark, mine: "true" }, me)).toEqual([`A ${mark}`, `B ${mark}`]);
  expect(await names({ q: mark, mine: "false" }, me)).toEqual([`C ${mark}`]);
  expect(await names({ q: mark, mine: "true" })).toEqual([]);
});

test("an account's numbers, mixed portfolios, losses and open requests are counted", async () => {
  const id = await anAccount();
  const mixed = { accountId: id, portfolioId: "910000000000001" };
  const plain = { accountId: id, portfolioId: "910000000000002" };
  await aNumber({ ...mixed, accepts: true });
  const losing = await aNumber(mixed);
  await aNumber({ ...plain, accepts: true });
  await aNumber({ ...plain, isRetired: true });
  await reportNow({ counts: [aCount(losing, { phoneLessDropped: 7 })] });
  await anOpenRequest(id, losing);
  expect(await getAccount(reader, id)).toMatchObject({
    numbers: { on: 2, off: 1, retired: 1 },
    portfolios: [
      { portfolioId: mixed.portfolioId, on: 1, off: 1, isMixed: true },
      { portfolioId: plain.portfolioId, on: 1, off: 0, isMixed: false },
    ],
    lostIn7Days: 7,
    openRequests: 2,
    needsTwoPeople: false,
    zone: null,
  });
});

async function anOpenRequest(accountId: string, phoneNumberId: string): Promise<void> {
  const { id: requestedById } = await aPerson("account_manager");
  const expiresAt = new Date(Date.now() + 3_600_000);
  const request = { display: "Turn on one", reason: "They asked for it", requestedById, expiresAt };
  await db().changeRequest.create({ data: { ...request, liftsTwoPeopleOfId: accountId } });
  const item = { phoneNumberId, acceptsBsuid: true, flagVersion: 0, accountId };
  await db().changeRequest.create({ data: { ...request, items: { create: [item] } } });
  const ended = { state: "withdrawn", endedAt: new Date() };
  const { id } = await db().changeRequest.create({
    data: { ...request, items: { create: [item] } },
  });
  await db().changeRequest.update({ where: { id }, data: ended });
}

test("two-people accounts can be listed alone", async () => {
  const mark = randomUUID();
  const [one] = [await anAccount(`One ${mark}`), await anAccount(`Two ${mark}`)];
  await requireTwoPeople(one);
  expect(await names({ q: mark, needsTwoPeople: "true" })).toEqual([`One ${mark}`]);
  expect(await names({ q: mark, needsTwoPeople: "false" })).toEqual([`Two ${mark}`]);
});

test("an account's history has its own entries, without colleagues' addresses", async () => {
  const admin = await aPerson("admin");
  const manager = await aPerson("account_manager");
  const accountId = await anAccount();
  const input = { accountIds: [accountId], email: manager.email, reason: "Ana takes over" };
  await setAccountPeople(admin, input);
  const { items } = await listAccountHistory(manager, accountId, {});
  expect(items).toMatchObject([{ action: "account.updated", ip: null, userAgent: null }]);
  const theirs = await listAccountHistory(admin, accountId, {});
  expect(theirs.items).toMatchObject([{ ip: "127.0.0.1" }]);
});

test("what does not exist is not found, and a malformed id is refused", async () => {
  for (const read of [
    getAccount,
    (actor: typeof reader, id: string) => listAccountHistory(actor, id, {}),
  ]) {
    await expect(read(reader, randomUUID())).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(read(reader, "acme")).rejects.toMatchObject({ code: "INVALID_INPUT" });
  }
});
