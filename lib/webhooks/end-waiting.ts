import type { Prisma } from "../db/generated/client.ts";

/** Ends what waits for an endpoint that is switched off. */
export async function endWaiting(client: Prisma.TransactionClient, endpointId: string) {
  await client.webhookDelivery.updateMany({
    where: { endpointId, state: "waiting" },
    data: { state: "failed", leasedUntil: null },
  });
}
