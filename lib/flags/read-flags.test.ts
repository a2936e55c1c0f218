import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import { db } from "../db/client.ts";
import { setPersonRole } from "../people/set-person-role.ts";
import { findFlag } from "./find-flag.ts";
import { flagFeed } from "./flag-feed.ts";
import { readFlags, readFlagsSince } from "./read-flags.ts";
import { setFlag } from "./set-flag.ts";

useTestDatabase();

const runtime = aSystem("flag:read");

/** The flags as of now, not as of the last notification. */
async function readNow() {
  await flagFeed().refresh(5_000);
  const { timeline } = await readFlags(runtime);
  return { cursor: timeline.cursor, revision: timeline.revision, accepts: [...timeline.accepts] };
}

test("before the first change nothing is on, at revision 0", async () => {
  expect(await readNow()).toEqual({ cursor: "0.00000000", revision: 0, accepts: [] });
});

test("the flags name the numbers that are on, sorted, and their cursor the event that made them", async () => {
  const ids = [await aNumber({ accepts: true }), await aNumber({ accepts: true })];
  await aNumber();
  const { cursor, revision, accepts } = await readNow();
  expect(accepts).toEqual(ids.sort());
  const event = await db().auditEvent.findUniqueOrThrow({ where: { revision: BigInt(revision) } });
  expect(cursor).toBe(`${revision}.${event.hash.slice(0, 8)}`);
});

test("the cursor does not change when something other than a flag is recorded", async () => {
  const before = await readNow();
  const personId = (await aPerson("support")).id;
  const change = { personId, role: "auditor" as const, reason: "Moved to audit" };
  await setPersonRole(aSystem("person:manage"), change);
  expect(await readNow()).toEqual(before);
});

test("a client that knows a flip from another instance never gets an older state", async () => {
  const phoneNumberId = await aNumber();
  const flip = { phoneNumberId, acceptsBsuid: true, reason: "They asked for it" };
  const { cursor } = await setFlag(await aPerson("support"), flip);
  const { timeline } = await readFlagsSince(runtime, cursor);
  expect(timeline.cursor).toBe(cursor);
});

test("after a flip's response this instance always serves the flip", async () => {
  const support = await aPerson("support");
  for (let round = 0; round < 20; round += 1) {
    const phoneNumberId = await aNumber();
    const flip = { phoneNumberId, acceptsBsuid: true, reason: "They asked for it" };
    const { cursor } = await setFlag(support, flip);
    expect((await readFlags(runtime)).timeline.cursor).toBe(cursor);
  }
});

test("one flag is read with its revision", async () => {
  const phoneNumberId = await aNumber();
  const off = { acceptsBsuid: false, known: true };
  expect(await findFlag(runtime, phoneNumberId)).toMatchObject(off);
  const flip = { phoneNumberId, acceptsBsuid: true, reason: "They asked for it" };
  const { cursor, number } = await setFlag(await aPerson("support"), flip);
  expect(await findFlag(runtime, phoneNumberId)).toEqual({
    phoneNumberId,
    acceptsBsuid: true,
    known: true,
    cursor,
    revision: number.flagRevision,
  });
});

test.each([
  ["unknown", async () => "424242"],
  ["retired", () => aNumber({ isRetired: true })],
])("an %s number is off, not an error", async (_, make) => {
  const phoneNumberId = await make();
  const flag = { phoneNumberId, acceptsBsuid: false, known: false };
  expect(await findFlag(runtime, phoneNumberId)).toMatchObject(flag);
});

test.each(["", "abc", "12 3", "１２３", "1\n", "1".repeat(33)])("%j is not an id", async (id) => {
  await expect(findFlag(runtime, id)).rejects.toMatchObject({ code: "INVALID_INPUT" });
});

test("reading flags takes flag:read", async () => {
  const stranger = aSystem("number:read");
  for (const attempt of [() => readFlags(stranger), () => findFlag(stranger, "1")]) {
    await expect(attempt()).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
});
