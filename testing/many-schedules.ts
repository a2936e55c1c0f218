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
  const numbers = await manyNumbers({ accountId: await anAccount(), count });
  const items = numbers.map((phoneNumberId) => ({
    scheduleId: randomUUID(),
    phoneNumberId,
    acceptsBsuid: true,
    flagVersion: 0,
  }));
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
  return numbers;
}

/** Creates numbers of an account; returns their ids. */
export async function manyNumbers({
  accountId,
  count,
}: {
  accountId: string;
  count: number;
}): Promise<string[]> {
  const first = randomInt(1e9) * 10_000;
  const ids = Array.from(
    { length: count },
    (_, index) => `4${String(first + index).padStart(14, "0")}`,
  );
  await db().number.createMany({
    data: ids.map((phoneNumberId, index) => ({
      phoneNumberId,
      displayPhoneNumber: `+1666${String(index).padStart(7, "0")}`,
      label: `Number ${index}`,
      portfolioId: "900000000000001",
      wabaId: "200000000000001",
      accountId,
    })),
  });
  return ids;
}
