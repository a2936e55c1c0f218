import { randomInt, randomUUID } from "node:crypto";
import { db } from "#lib/db/client.ts";
import { anAccount } from "./factories.ts";

/** Creates schedules that wait for one time, each to turn on a number of its own; returns the numbers' ids. */
export async function manySchedules({
  authorId,
  count,
  at,
}: {
  authorId: string;
  count: number;
  at: Date;
}): Promise<string[]> {
  const accountId = await anAccount();
  const first = randomInt(1e9) * 10_000;
  const items = Array.from({ length: count }, (_, index) => ({
    scheduleId: randomUUID(),
    phoneNumberId: `4${String(first + index).padStart(14, "0")}`,
    acceptsBsuid: true,
    flagVersion: 0,
  }));
  await db().number.createMany({
    data: items.map(({ phoneNumberId }, index) => ({
      phoneNumberId,
      displayPhoneNumber: `+1666${String(index).padStart(7, "0")}`,
      label: `Number ${index}`,
      portfolioId: "900000000000001",
      wabaId: "200000000000001",
      accountId,
    })),
  });
  await db().schedule.createMany({
    data: items.map(({ scheduleId: id, phoneNumberId }) => ({
      id,
      display: `Turn on ${phoneNumberId}`,
      at,
      nextAttemptAt: at,
      zone: "UTC",
      localTime: at.toISOString().slice(0, "2027-03-01T09:00:00".length),
      reason: "A test schedules many",
      authorId,
    })),
  });
  await db().scheduleItem.createMany({ data: items });
  return items.map(({ phoneNumberId }) => phoneNumberId);
}
