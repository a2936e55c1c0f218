import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson } from "#testing/factories.ts";
import { db } from "../db/client.ts";
import { KIND_RULES, NOTICE_KINDS, type NoticeKind } from "./notice-kinds.ts";
import type { Telling } from "./to-tellings.ts";
import { MAX_NOTICES_AN_HOUR, writeNotices } from "./write-notices.ts";

useTestDatabase();

const NOW = new Date("2026-11-30T10:20:00Z");
const minutesLater = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

function aTelling(personId: string, given: Partial<Telling> = {}): Telling {
  return { personId, kind: "request.opened", subject: randomUUID(), data: {}, count: 1, ...given };
}

const many = (personId: string, count: number, kind: NoticeKind = "request.opened") =>
  Array.from({ length: count }, () => aTelling(personId, { kind }));

const write = (tellings: Telling[], now = NOW) =>
  db().$transaction((tx) => writeNotices(tx, tellings, now));

const readOf = (personId: string) =>
  db().notice.findMany({ where: { personId }, orderBy: [{ createdAt: "asc" }, { kind: "asc" }] });

test("a second telling updates the notice in place, and it is unread again", async () => {
  const { id } = await aPerson("support");
  const telling = aTelling(id, { count: 2 });
  await write([telling]);
  await db().notice.updateMany({ where: { personId: id }, data: { readAt: NOW } });
  await write(
    [telling, aTelling(id, { kind: "request.outcome", subject: telling.subject })],
    minutesLater(5),
  );
  expect(await readOf(id)).toMatchObject([
    { kind: "request.opened", count: 4, readAt: null, createdAt: NOW, updatedAt: minutesLater(5) },
    { kind: "request.outcome", count: 1 },
  ]);
});

test("what is too much for an hour goes into one digest that counts it by kind", async () => {
  const [{ id }, { id: otherId }] = [await aPerson("admin"), await aPerson("admin")];
  await write([...many(id, MAX_NOTICES_AN_HOUR - 1), aTelling(otherId)]);
  const late = many(id, 2, "schedule.failed");
  await write([...many(id, 3), ...late], minutesLater(1));
  await write([...late, ...many(id, 1)], minutesLater(2));
  const notices = await readOf(id);
  expect(notices).toHaveLength(MAX_NOTICES_AN_HOUR + 1);
  const data = { "request.opened": 3, "schedule.failed": 4 };
  expect(notices.filter(({ kind }) => kind === "digest")).toMatchObject([
    { subject: "2026-11-30T10", count: 7, data, readAt: null },
  ]);
  expect(await readOf(otherId)).toHaveLength(1);
});

test("an hour later there is room again, and what is there already is updated meanwhile", async () => {
  const { id } = await aPerson("support");
  const tellings = many(id, MAX_NOTICES_AN_HOUR);
  await write(tellings);
  await write(tellings, minutesLater(10));
  expect(await readOf(id)).toHaveLength(MAX_NOTICES_AN_HOUR);
  await write(many(id, 1), minutesLater(69));
  expect(await readOf(id)).toHaveLength(MAX_NOTICES_AN_HOUR + 1);
  await write(many(id, 1), minutesLater(71));
  const digests = await db().notice.count({ where: { personId: id, kind: "digest" } });
  expect(digests).toBe(1);
  expect(await readOf(id)).toHaveLength(MAX_NOTICES_AN_HOUR + 2);
});

test("break-glass and a broken trail are told whatever else there was", async () => {
  const { id } = await aPerson("admin");
  await write(many(id, MAX_NOTICES_AN_HOUR + 1));
  await write([...many(id, 2, "flag.forced"), ...many(id, 1, "audit.broken")]);
  const kinds = (await readOf(id)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "flag.forced")).toHaveLength(2);
  expect(kinds).toContain("audit.broken");
});

test("nobody is told of a kind that they switched off, but of those that cannot be", async () => {
  const { id } = await aPerson("admin");
  const data = NOTICE_KINDS.map((kind) => ({ personId: id, kind }));
  await db().mutedNotice.createMany({ data });
  await write(NOTICE_KINDS.flatMap((kind) => many(id, 1, kind)));
  const kept = ["audit.broken", "flag.forced", "schedule.failed"];
  expect((await readOf(id)).map(({ kind }) => kind)).toEqual(kept);
  expect(NOTICE_KINDS.filter((kind) => !KIND_RULES[kind].canMute).sort()).toEqual(kept);
});
