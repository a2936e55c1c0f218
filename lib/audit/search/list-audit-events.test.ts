import { beforeAll, describe, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, anOrigin, aPerson } from "#testing/factories.ts";
import { tamper } from "#testing/trail/tamper.ts";
import type { PersonActor } from "../../access/actor.ts";
import { inAuditedTransaction } from "../../db/transaction.ts";
import { setFlag } from "../../flags/set-flag.ts";
import { appendEvents } from "../append-events.ts";
import { exportTrail } from "../export/export-trail.ts";
import { getAuditEvent } from "../get-audit-event.ts";
import { getSignedEntry } from "../get-signed-entry.ts";
import { markPersonal } from "../private/personal-value.ts";
import { type ListAuditEventsInput, listAuditEvents } from "./list-audit-events.ts";

const database = useTestDatabase();

let support: PersonActor;
let auditor: PersonActor;
const ids: string[] = [];

const flip = (phoneNumberId: string, acceptsBsuid: boolean) =>
  setFlag(support, { phoneNumberId, acceptsBsuid, reason: "A page of the trail" });

beforeAll(async () => {
  support = await aPerson("support");
  auditor = await aPerson("auditor");
  for (let i = 0; i < 5; i += 1) {
    ids.push(await aNumber());
    await flip(ids[i] as string, true);
  }
  await flip(ids[0] as string, false);
});

const seqs = async (input: ListAuditEventsInput) =>
  (await listAuditEvents(auditor, input)).items.map(({ seq }) => seq);

test("events come newest first, with the fields of the contract", async () => {
  const { items, nextCursor } = await listAuditEvents(auditor, {});
  expect(items.map(({ seq }) => seq)).toEqual([6, 5, 4, 3, 2, 1]);
  expect(nextCursor).toBeNull();
  expect(Object.keys(items[0] ?? {}).sort()).toEqual(
    "action actor after before channel hash id ip occurredAt outcome prevHash reason requestId revision schema seq target ticketUrl userAgent".split(
      " ",
    ),
  );
});

test("pages stay put while the trail grows", async () => {
  const first = await listAuditEvents(auditor, { limit: 2 });
  await flip(ids[1] as string, false);
  const cursor = first.nextCursor ?? "";
  expect(
    (await listAuditEvents(auditor, { limit: 2, cursor })).items.map(({ seq }) => seq),
  ).toEqual([4, 3]);
});

test("filters narrow, and are joined", async () => {
  expect(await seqs({ targetType: "number", targetId: ids[0] })).toEqual([6, 1]);
  expect(await seqs({ targetId: ids[0], action: "flag.disabled" })).toEqual([6]);
  expect(await seqs({ actorId: auditor.id })).toEqual([]);
  expect((await seqs({ actorId: support.id })).length).toBeGreaterThan(5);
  expect(await seqs({ channel: "ui" })).toEqual([]);
  expect(await seqs({ outcome: "denied" })).toEqual([]);
  const [latest] = (await listAuditEvents(auditor, { limit: 1 })).items;
  expect(await seqs({ from: latest?.occurredAt })).toEqual([latest?.seq]);
  expect(await seqs({ to: "2020-01-01T00:00:00+01:00" })).toEqual([]);
});

describe("filters of the trail", () => {
  const stamp = "2024-05-01T12:00:00Z";
  const by = (requestId: string) => ({
    ...support,
    origin: anOrigin({ requestId, channel: "ui" }),
  });
  let account: string;

  beforeAll(async () => {
    account = await anAccount("Padaria Aurora");
    const numbers = [await aNumber({ accountId: account }), await aNumber({ accountId: account })];
    const reasons = ["ACME-4711: Acme's CRM keys on userId", "Ação do gerente: voltou ao normal"];
    for (const [place, reason] of reasons.entries()) {
      const change = { phoneNumberId: numbers[place] as string, acceptsBsuid: true };
      await setFlag(by(`filters-${place}`), { ...change, reason });
    }
  });

  const requests = async (input: ListAuditEventsInput) =>
    (await listAuditEvents(auditor, input)).items
      .map(({ requestId }) => requestId)
      .filter((id) => id.startsWith("filters-"));

  test.each([
    ["a word, in any case", "crm", ["filters-0"]],
    ["the beginning of a word", "KEY*", ["filters-0"]],
    ["a beginning without its asterisk", "key", []],
    ["a part of a ticket's name", "4711", ["filters-0"]],
    ["several words in any order", "userid acme", ["filters-0"]],
    ["a word with accents", "ação", ["filters-1"]],
    ["punctuation, which is none of the words", "acme's: (crm)", ["filters-0"]],
    ["what looks like a query", "acme & !crm:*", ["filters-0"]],
    ["quotes and backslashes", "acme\\' crm", ["filters-0"]],
    ["the middle of a word", "eys", []],
    ["words of two events", "acme gerente", []],
  ])("a reason is found by %s", async (_, reason, expected) => {
    expect(await requests({ reason })).toEqual(expected);
    const targetId = (await listAuditEvents(auditor, { limit: 1 })).items[0]?.target.id;
    expect(await requests({ reason, targetId })).toEqual(
      expected.filter((id) => id === "filters-1"),
    );
  });

  test("an account's events are those of its numbers, with the other filters", async () => {
    expect(await requests({ accountId: account })).toEqual(["filters-1", "filters-0"]);
    expect(await seqs({ accountId: account, action: "flag.disabled" })).toEqual([]);
    expect(await requests({ accountId: account, reason: "acme" })).toEqual(["filters-0"]);
    const first = await listAuditEvents(auditor, { accountId: account, limit: 1 });
    const cursor = first.nextCursor ?? "";
    expect(await requests({ accountId: account, cursor })).toEqual(["filters-0"]);
    expect(await seqs({ accountId: await anAccount() })).toEqual([]);
  });

  test("a person is found by the address at the time, in any case", async () => {
    expect(await requests({ actorEmail: support.email.toUpperCase() })).toHaveLength(2);
    expect(await seqs({ actorEmail: auditor.email })).toEqual([]);
  });

  test("a word is found on every page, however old", async () => {
    const first = await listAuditEvents(auditor, { reason: "trail", limit: 2 });
    const rest = await listAuditEvents(auditor, {
      reason: "trail",
      limit: 200,
      cursor: first.nextCursor ?? "",
    });
    const seqs = [...first.items, ...rest.items].map(({ seq }) => seq);
    const { items } = await listAuditEvents(auditor, { limit: 200 });
    const all = items.filter(({ reason }) => reason?.includes("trail")).map(({ seq }) => seq);
    expect(seqs).toEqual(all);
    expect(seqs.length).toBeGreaterThan(5);
  });

  test("times bound the list, also when the clock had stepped back", async () => {
    const latest = Number((await listAuditEvents(auditor, { limit: 1 })).items[0]?.seq);
    const stepBack = `UPDATE audit_event SET occurred_at = '${stamp}'::timestamptz
      + CASE WHEN seq = ${latest} THEN interval '-1 hour' ELSE interval '1 minute' * seq END`;
    await tamper(database.ownerUrl(), stepBack, async () => {
      expect(await seqs({ to: stamp })).toEqual([latest]);
      expect(await seqs({ from: stamp, to: "2024-05-01T12:03:00Z" })).toEqual([2, 1]);
      expect(await seqs({ from: "2024-05-01T12:03:00Z", limit: 200 })).not.toContain(2);
      expect(await seqs({ from: "2024-05-03T12:03:00Z" })).toEqual([]);
      expect(await seqs({ to: "2024-04-01T12:03:00Z" })).toEqual([]);
    });
  });
});

test.each<[string, object]>([
  ["accountId", { accountId: "acme" }],
  ["reason", { reason: "?!" }],
  ["reason", { reason: "acme\0" }],
  ["actorId", { actorId: "a\0" }],
  ["actorEmail", { actorEmail: "a\0@example.com" }],
  ["action", { action: "flag.enabled\uD800" }],
  ["targetId", { targetId: "\0" }],
  ["reason", { reason: "acme T-47*" }],
  ["cursor", { cursor: "abc" }],
  ["limit", { limit: 1000 }],
  ["from", { from: "yesterday" }],
  ["channel", { channel: "pigeon" }],
])("a wrong %s is refused by name", async (path, input) => {
  const attempt = listAuditEvents(auditor, input as ListAuditEventsInput);
  await expect(attempt).rejects.toMatchObject({ code: "INVALID_INPUT", issues: [{ path }] });
});

test("an account manager does not read the trail", async () => {
  const manager = await aPerson("account_manager");
  await expect(listAuditEvents(manager, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("auditors and admins see where colleagues acted from, and everybody where they did themselves", async () => {
  const origin = { ...anOrigin(), ip: "203.0.113.7", userAgent: "A browser" };
  const id = await aNumber();
  const own = { ...support, origin };
  await setFlag(own, { phoneNumberId: id, acceptsBsuid: true, reason: "A page of the trail" });
  const target = { type: "session", id: "one", display: "Session" } as const;
  const admin = await aPerson("admin");
  const after = { from: markPersonal(admin.id, origin.ip) };
  await inAuditedTransaction({ ...admin, origin }, (tx) =>
    appendEvents(tx, [{ action: "session.started", target, before: null, after }]),
  );
  const read = async (actor: PersonActor, seq: number) => {
    const { items } = await listAuditEvents(actor, {});
    const { event, signed } = await getAuditEvent(actor, String(seq));
    expect(items.find((item) => item.seq === seq)).toEqual(event);
    expect(await getSignedEntry(actor, String(seq))).toEqual(signed);
    const { chunks } = await exportTrail(actor, {});
    let text = "";
    for await (const chunk of chunks) text += chunk;
    const lines = text.split("\n");
    const line = lines.map((one) => JSON.parse(one || "{}")).find((one) => one.seq === seq);
    expect(line).toEqual(signed);
    return JSON.stringify([event, signed]);
  };
  const [theirs, ours] = (await seqs({})).slice(0, 2) as [number, number];
  const other = await aPerson("support");
  expect(await read(auditor, theirs)).toMatch(/(203.0.113.7.*A browser.*){2}/s);
  expect(await read(await aPerson("admin"), ours)).toMatch(/(203.0.113.7.*A browser.*){2}/s);
  expect(await read(support, ours)).toMatch(/(203.0.113.7.*A browser.*){2}/s);
  for (const seq of [ours, theirs]) {
    expect(await read(other, seq)).not.toMatch(/203.0.113.7|A browser/);
  }
});
