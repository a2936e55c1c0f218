import { withClient } from "#postgres/with-client.ts";

/**
 * Makes every insert into the trail really fail while `work` runs. What is in the database afterwards
 * shows whether a change can be kept without its event.
 */
export async function whileAuditFails(ownerUrl: string, work: () => Promise<void>): Promise<void> {
  await withClient(ownerUrl, async (owner) => {
    await owner.query(`CREATE TRIGGER break_it BEFORE INSERT ON audit_event
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('broken by a test')`);
    try {
      await work();
    } finally {
      await owner.query("DROP TRIGGER break_it ON audit_event");
    }
  });
}
