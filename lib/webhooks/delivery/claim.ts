import { db } from "../../db/client.ts";
import { MAX_TRIES } from "./next-try.ts";

/** A delivery that this console sends: nobody else does before the lease ends. */
export type Claim = {
  id: string;
  endpointId: string;
  type: string;
  data: unknown;
  happenedAt: Date;
  /** This one included. */
  tries: number;
  leasedUntil: Date;
};

/** Well above the time that an answer may take. */
const LEASE_SECONDS = 60;

/**
 * The endpoints that something is due for, the longest waiting first. What was claimed for its last try by a
 * console that died is ended.
 */
export async function findDueEndpoints(): Promise<string[]> {
  await db().$executeRaw`
    UPDATE webhook_delivery SET state = 'failed', leased_until = NULL
    WHERE id IN (
      SELECT id FROM webhook_delivery
      WHERE state = 'waiting' AND tries >= ${MAX_TRIES} AND leased_until < clock_timestamp()
      FOR UPDATE SKIP LOCKED)`;
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT e.id FROM webhook_endpoint e JOIN webhook_delivery d ON d.endpoint_id = e.id
    WHERE e.is_on AND d.state = 'waiting' AND d.next_try_at <= clock_timestamp()
      AND (d.leased_until IS NULL OR d.leased_until < clock_timestamp())
    GROUP BY e.id ORDER BY min(d.next_try_at)`;
  return rows.map(({ id }) => id);
}

/**
 * Claims what is due for an endpoint. The try is counted now: whatever ends a console while it sends cannot
 * do so more than ten times.
 */
export async function claimDeliveries(endpointId: string, limit: number): Promise<Claim[]> {
  return await db().$queryRaw<Claim[]>`
    UPDATE webhook_delivery SET tries = tries + 1,
      leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    WHERE id IN (
      SELECT d.id FROM webhook_delivery d JOIN webhook_endpoint e ON e.id = d.endpoint_id
      WHERE d.endpoint_id = ${endpointId}::uuid AND e.is_on AND d.state = 'waiting'
        AND d.next_try_at <= clock_timestamp()
        AND (d.leased_until IS NULL OR d.leased_until < clock_timestamp())
      ORDER BY d.next_try_at LIMIT ${limit} FOR UPDATE OF d SKIP LOCKED)
    RETURNING id, endpoint_id AS "endpointId", type, data, happened_at AS "happenedAt", tries,
      leased_until AS "leasedUntil"`;
}

/** Gives back what was not sent after all: it is due, and the try does not count. */
export async function releaseClaim({ id, leasedUntil }: Claim): Promise<void> {
  await db().webhookDelivery.updateMany({
    where: { id, leasedUntil, state: "waiting" },
    data: { leasedUntil: null, tries: { decrement: 1 } },
  });
}
