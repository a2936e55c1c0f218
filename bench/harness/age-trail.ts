import { withClient } from "#postgres/with-client.ts";
import { chainTrail } from "./chain-trail.ts";

/**
 * Moves every entry of the trail into this month of last year, as if it had been written then:
 * as the superuser with every trigger disabled, and with each hash computed anew.
 */
export async function ageTrail(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (owner) => {
    await owner.query(`SET session_replication_role = replica;
      UPDATE audit_event SET occurred_at = date_trunc('month', now()) - interval '1 year' + interval '1 day'`);
    await chainTrail(owner);
  });
}
