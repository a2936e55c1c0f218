import { expect, test } from "vitest";
import { setPersonRole } from "../access/set-person-role.ts";
import { db } from "../db/client.ts";
import { aNumber, aPerson, aSystem } from "../testing/factories.ts";
import { useTestDatabase } from "../testing/use-test-database.ts";
import { findFlag } from "./find-flag.ts";
import { readFlagCursor, readSnapshot } from "./read-snapshot.ts";
import { setFlag } from "./set-flag.ts";

useTestDatabase();

const runtime = aSystem("flag:read");

test("before the first change the snapshot is empty, at revision 0", async () => {
  expect(await readSnapshot(runtime)).toEqual({
    kind: "snapshot",
    cursor: "0.00000000",
    revision: 0,
    default: false,
    accepts: [],
  });
});

test("the snapshot names the numbers that are on, sorted, and its cursor the event that made it", async () => {
  const ids = [await aNumber({ accepts: true }), await aNumber({ accepts: true })];
  await aNumber();
  const snapshot = await readSnapshot(runtime);
  expect(snapshot.accepts).toEqual(ids.sort());
  const event = await db().auditEvent.findUniqueOrThrow({
    where: { revision: BigInt(snapshot.revision) },
  });
  expect(snapshot.cursor).toBe(`${snapshot.revision}.${event.hash.slice(0, 8)}`);
  expect(await readFlagCursor(runtime)).toBe(snapshot.cursor);
});

test("the cursor stays when something else than a flag is recorded", async () => {
  const before = await readFlagCursor(runtime);
  const personId = (await aPerson("support")).id;
  const change = { personId, role: "auditor" as const, reason: "Moved to audit" };
  await setPersonRole(aSystem("person:manage"), change);
  expect(await readFlagCursor(runtime)).toBe(before);
});

test("one flag is read with the revision it is true for", async () => {
  const phoneNumberId = await aNumber();
  expect(await findFlag(runtime, phoneNumberId)).toMatchObject({
    acceptsBsuid: false,
    known: true,
  });
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

test("flags are read with flag:read only", async () => {
  const stranger = aSystem("number:read");
  for (const attempt of [
    readSnapshot(stranger),
    readFlagCursor(stranger),
    findFlag(stranger, "1"),
  ]) {
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
});
