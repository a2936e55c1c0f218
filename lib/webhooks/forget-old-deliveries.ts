import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import { KEPT_FOR } from "../kept-for.ts";

const DAY_MS = 86_400_000;

/** Deletes deliveries of more than 30 days ago. Takes `desk:forget`, which only the console itself has. */
export async function forgetOldDeliveries(actor: Actor): Promise<{ deliveries: number }> {
  authorize(actor, "desk:forget");
  const before = new Date(databaseNow().getTime() - KEPT_FOR.webhook_delivery.days * DAY_MS);
  const { count } = await db().webhookDelivery.deleteMany({ where: { createdAt: { lt: before } } });
  return { deliveries: count };
}
