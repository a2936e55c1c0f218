import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import {
  aNumber,
  anAccountOfTwo,
  aPerson,
  aSchedule,
  aScheduledRequest,
} from "#testing/factories.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { setPersonDisabled } from "../people/set-person-disabled.ts";

const database = useTestDatabase();

const reason = "They left the company";
const stateOfSchedule = async (id: string) =>
  (await db().schedule.findUniqueOrThrow({ where: { id } })).state;
const stateOfRequest = async (id: string) =>
  (await db().changeRequest.findUniqueOrThrow({ where: { id } })).state;
const actionsOf = async (targetId: string) =>
  (await readEvents({ targetId })).map(({ action }) => action);

test("disabling a person ends what waits in their name, each with an entry, and nothing of others", async () => {
  const admin = await aPerson("admin");
  const [support, other] = [await aPerson("support"), await aPerson("support")];
  const phoneNumberId = await aNumber();
  const own = await aSchedule({ authorId: support.id, phoneNumberId });
  const follows = await aSchedule({ authorId: other.id, phoneNumberId, afterId: own });
  const others = await aSchedule({ authorId: other.id, phoneNumberId: await aNumber() });
  const wish = { acceptsBsuid: true, reason: "A wish of somebody" };
  const { request } = await setFlag(support, {
    ...wish,
    phoneNumberId: await aNumber({ accountId: await anAccountOfTwo() }),
  });
  const approved = await aScheduledRequest({
    requestedById: other.id,
    decidedById: support.id,
    phoneNumberId: await aNumber(),
  });
  const asked = await aScheduledRequest({
    requestedById: support.id,
    decidedById: other.id,
    phoneNumberId: await aNumber(),
  });

  await setPersonDisabled(admin, { personId: support.id, isDisabled: true, reason });

  for (const id of [own, follows, approved.scheduleId, asked.scheduleId]) {
    expect(await stateOfSchedule(id)).toBe("cancelled");
    expect(await actionsOf(id)).toEqual(["schedule.cancelled"]);
  }
  for (const id of [request?.id ?? "", asked.requestId]) {
    expect(await stateOfRequest(id)).toBe("withdrawn");
    expect((await actionsOf(id)).at(-1)).toBe("request.withdrawn");
  }
  expect(await stateOfRequest(approved.requestId)).toBe("void");
  expect((await actionsOf(approved.requestId)).at(-1)).toBe("request.voided");
  expect(await stateOfSchedule(others)).toBe("waiting");
});

test("a person who cannot be disabled keeps what waits", async () => {
  const admin = await aPerson("admin");
  const support = await aPerson("support");
  const id = await aSchedule({ authorId: support.id, phoneNumberId: await aNumber() });
  const input = { personId: support.id, isDisabled: true, reason };
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(setPersonDisabled(admin, input)).rejects.toThrow();
  });
  expect(await stateOfSchedule(id)).toBe("waiting");
});
