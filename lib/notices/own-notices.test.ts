import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson } from "#testing/factories.ts";
import { db } from "../db/client.ts";
import { countUnread } from "./count-unread.ts";
import { listNoticeSettings } from "./list-notice-settings.ts";
import { listNotices } from "./list-notices.ts";
import { markRead } from "./mark-read.ts";
import { setMuted } from "./set-muted.ts";

useTestDatabase();

const NOW = new Date();
const until = NOW.toISOString();

async function aNotice(personId: string, given: { kind?: string; minutesAgo?: number } = {}) {
  const { kind = "request.outcome", minutesAgo = 0 } = given;
  const updatedAt = new Date(NOW.getTime() - minutesAgo * 60_000);
  const data = { personId, kind, subject: randomUUID(), data: {}, updatedAt };
  return await db().notice.create({ data });
}

test("people see and count their own notices alone, the latest first, page by page", async () => {
  const person = await aPerson("account_manager");
  await aNotice((await aPerson("account_manager")).id);
  const old = await aNotice(person.id, { minutesAgo: 9 });
  const late = await aNotice(person.id, { minutesAgo: 1 });
  const digest = await aNotice(person.id, { minutesAgo: 5, kind: "digest" });
  const first = await listNotices(person, { limit: 2 });
  expect(first).toMatchObject({ total: 3, unread: 3, items: [{ id: late.id }, { id: digest.id }] });
  const second = await listNotices(person, { limit: 2, cursor: first.nextCursor ?? "" });
  expect(second).toMatchObject({ items: [{ id: old.id }], nextCursor: null });
  expect(await countUnread(person)).toBe(3);
  await expect(listNotices(person, { cursor: "x" })).rejects.toMatchObject({
    code: "INVALID_INPUT",
  });
});

test("whoever lost the role does not see what it is told", async () => {
  const person = await aPerson("admin");
  await aNotice(person.id, { kind: "flag.forced" });
  await aNotice(person.id);
  expect(await countUnread(person)).toBe(2);
  const lesser = { ...person, role: "support" } as const;
  expect(await countUnread(lesser)).toBe(1);
  expect((await listNotices(lesser, {})).items).toMatchObject([{ kind: "request.outcome" }]);
  expect(await markRead(lesser, { until })).toBe(1);
  expect(await countUnread(person)).toBe(1);
});

test("one is marked as read, or all as they were shown; never somebody else's", async () => {
  const [person, other] = [await aPerson("support"), await aPerson("support")];
  const { id: noticeId } = await aNotice(person.id, { minutesAgo: 3 });
  await aNotice(person.id, { minutesAgo: 2 });
  await aNotice(person.id, { minutesAgo: -2 });
  expect(await markRead(other, { noticeId, until })).toBe(0);
  expect(await markRead(person, { noticeId, until })).toBe(1);
  expect(await markRead(person, { noticeId, until })).toBe(0);
  expect(await markRead(person, { until })).toBe(1);
  expect(await countUnread(person)).toBe(1);
});

test("a kind is switched off and on again, by its reader alone", async () => {
  const [person, other] = [await aPerson("account_manager"), await aPerson("account_manager")];
  const isMuted = async (actor = person) =>
    (await listNoticeSettings(actor)).filter((one) => one.isMuted).map(({ kind }) => kind);
  for (const _ of [1, 2]) await setMuted(person, { kind: "schedule.done", isMuted: true });
  expect([await isMuted(), await isMuted(other)]).toEqual([["schedule.done"], []]);
  for (const _ of [1, 2]) await setMuted(person, { kind: "schedule.done", isMuted: false });
  expect(await isMuted()).toEqual([]);
});

test.each(["schedule.failed", "flag.forced", "audit.broken"] as const)(
  "%s cannot be switched off",
  async (kind) => {
    const person = await aPerson("admin");
    const attempt = setMuted(person, { kind, isMuted: true });
    await expect(attempt).rejects.toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path: "kind" }],
    });
    expect(await db().mutedNotice.count({ where: { personId: person.id } })).toBe(0);
  },
);

test("the settings list what the role is told of", async () => {
  const kindsOf = async (role: "auditor" | "account_manager" | "admin") =>
    (await listNoticeSettings(await aPerson(role))).map(({ kind }) => kind);
  expect(await kindsOf("auditor")).toEqual(["flag.required"]);
  expect(await kindsOf("account_manager")).not.toContain("request.opened");
  expect(await kindsOf("admin")).toHaveLength(8);
});
