import type { SignedEvent } from "../../audit/event.ts";
import type { Follower } from "../../audit/follow/follow-trail.ts";
import type { Prisma } from "../../db/generated/client.ts";
import { readBatches } from "./read-batches.ts";
import { isTold, type Lookups, toMessages } from "./to-messages.ts";
import { readSubscribers, writeDeliveries } from "./webhook-message.ts";

/** Makes deliveries of the trail's entries, in the transaction that moves it on (lib/audit/follow). */
export const webhookFollower: Follower = {
  name: "webhooks",
  take: async (tx, events) => {
    const relevant = events.filter(isTold);
    if (relevant.length === 0) return;
    const endpoints = await readSubscribers(tx);
    if (endpoints.length === 0) return;
    const messages = toMessages(relevant, await readLookups(tx, relevant));
    await writeDeliveries(tx, { messages, endpoints });
  },
};

async function readLookups(
  tx: Prisma.TransactionClient,
  events: readonly SignedEvent[],
): Promise<Lookups> {
  const idsOf = (type: string) =>
    events.flatMap(({ target }) => (target.type === type ? target.id : []));
  const numbers = await tx.number.findMany({
    where: { phoneNumberId: { in: idsOf("number") } },
    select: { phoneNumberId: true, accountId: true },
  });
  const schedules = await tx.schedule.findMany({
    where: { id: { in: idsOf("schedule") } },
    select: { id: true, requestId: true, batchId: true, failureCode: true },
  });
  return {
    accountIds: new Map(numbers.map((number) => [number.phoneNumberId, number.accountId])),
    batches: await readBatches(tx, events),
    requests: await countItems(tx, idsOf("request")),
    schedules: new Map(schedules.map(({ id, ...schedule }) => [id, schedule])),
  };
}

async function countItems(
  tx: Prisma.TransactionClient,
  requestIds: string[],
): Promise<Lookups["requests"]> {
  const counts = new Map(requestIds.map((id) => [id, { turnOn: 0, makePhoneOnly: 0 }]));
  const groups = await tx.changeRequestItem.groupBy({
    by: ["requestId", "acceptsBsuid"],
    where: { requestId: { in: requestIds } },
    _count: true,
  });
  for (const { requestId, acceptsBsuid, _count } of groups) {
    const count = counts.get(requestId);
    if (count) count[acceptsBsuid ? "turnOn" : "makePhoneOnly"] = _count;
  }
  return counts;
}
