import pg from "pg";

/**
 * Makes every insert into the trail fail, for real, while `work` runs: what is left behind
 * shows whether a change can outlive its event.
 */
export async function whileAuditFails(ownerUrl: string, work: () => Promise<void>): Promise<void> {
  const owner = new pg.Client(ownerUrl);
  await owner.connect();
  try {
    await owner.query(`CREATE TRIGGER break_it BEFORE INSERT ON audit_event
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('broken by a test')`);
    await work();
  } finally {
    await owner.query("DROP TRIGGER IF EXISTS break_it ON audit_event");
    await owner.end();
  }
}
