import { beforeAll, expect, test } from "vitest";
import type { PersonActor } from "../access/actor.ts";
import { setFlag } from "../flags/set-flag.ts";
import { aNumber, aPerson } from "../testing/factories.ts";
import { useTestDatabase } from "../testing/use-test-database.ts";
import { type ListAuditEventsInput, listAuditEvents } from "./list-audit-events.ts";

useTestDatabase();

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

test("events come newest first, and hold what the contract names", async () => {
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

test.each<[string, object]>([
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
