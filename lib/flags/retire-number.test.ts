import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import { RACE } from "#testing/rounds.ts";
import { db } from "../db/client.ts";
import { getNumber } from "../numbers/get-number.ts";
import { retireNumber } from "./retire-number.ts";
import { setFlag } from "./set-flag.ts";

const database = useTestDatabase();

const reason = "The shop has closed";
const eventsOf = (targetId: string) =>
  db().auditEvent.findMany({ where: { targetId }, orderBy: { seq: "asc" } });
const rowOf = (phoneNumberId: string) =>
  db().number.findUniqueOrThrow({ where: { phoneNumberId } });

test("retires a number that is off, in one event", async () => {
  const admin = await aPerson("admin");
  const phoneNumberId = await aNumber();
  const { changed, number } = await retireNumber(admin, { phoneNumberId, reason });
  expect(changed).toBe(true);
  expect(number).toEqual(await getNumber(admin, phoneNumberId));
  expect(await eventsOf(phoneNumberId)).toMatchObject([
    {
      action: "number.retired",
      before: { retiredAt: null },
      after: { retiredAt: number.retiredAt },
      reason,
      revision: null,
      batchId: null,
    },
  ]);
});

test("switches off and retires a number that is on, together", async () => {
  const admin = await aPerson("admin");
  const phoneNumberId = await aNumber({ accepts: true });
  const { number } = await retireNumber(admin, { phoneNumberId, reason });
  expect(number).toEqual(await getNumber(admin, phoneNumberId));
  expect(number).toMatchObject({ acceptsBsuid: false, flagVersion: 2 });
  const [, disabled, retired] = await eventsOf(phoneNumberId);
  expect(disabled).toMatchObject({ action: "flag.disabled", reason });
  expect(retired).toMatchObject({ action: "number.retired", batchId: disabled?.batchId });
  expect(retired?.batchId).not.toBeNull();
});

test("can never be switched on again", async () => {
  const phoneNumberId = await aNumber();
  await retireNumber(aSystem("number:retire"), { phoneNumberId, reason });
  const attempt = setFlag(aSystem("flag:set"), { phoneNumberId, acceptsBsuid: true, reason });
  await expect(attempt).rejects.toMatchObject({ code: "CONFLICT" });
});

test("retired again writes nothing, also by two at once", RACE, async () => {
  const phoneNumberId = await aNumber({ accepts: true });
  const retire = () => retireNumber(aSystem("number:retire"), { phoneNumberId, reason });
  const results = await Promise.all([retire(), retire()]);
  expect(results.filter(({ changed }) => changed)).toHaveLength(1);
  expect(results[0]?.number.retiredAt).toBe(results[1]?.number.retiredAt);
  expect(await eventsOf(phoneNumberId)).toHaveLength(3);
});

test("refuses an unknown number, a missing reason and somebody without the permission", async () => {
  const phoneNumberId = await aNumber();
  const system = aSystem("number:retire");
  const unknown = retireNumber(system, { phoneNumberId: "404", reason });
  await expect(unknown).rejects.toMatchObject({ code: "NOT_FOUND" });
  const hasty = retireNumber(system, { phoneNumberId, reason: "  no " });
  await expect(hasty).rejects.toMatchObject({ code: "INVALID_INPUT" });
  const manager = retireNumber(await aPerson("account_manager"), { phoneNumberId, reason });
  await expect(manager).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect((await rowOf(phoneNumberId)).retiredAt).toBeNull();
});

test("changes nothing when the audit trail cannot be written", async () => {
  const phoneNumberId = await aNumber({ accepts: true });
  await whileAuditFails(database.ownerUrl(), async () => {
    const attempt = retireNumber(aSystem("number:retire"), { phoneNumberId, reason });
    await expect(attempt).rejects.toThrow(/broken by a test/);
  });
  expect(await rowOf(phoneNumberId)).toMatchObject({ retiredAt: null, acceptsBsuid: true });
});
