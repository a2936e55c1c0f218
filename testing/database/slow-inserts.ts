import { withClient } from "#postgres/with-client.ts";

/**
 * Makes every insert into a table take so long while `work` runs, or with `fails` end as one that took too
 * long does.
 */
export async function whileInsertsAreSlow(
  ownerUrl: string,
  { into, seconds, fails = false }: { into: string; seconds: number; fails?: boolean },
  work: () => Promise<void>,
): Promise<void> {
  await withClient(ownerUrl, async (owner) => {
    const then = fails ? "RAISE 'took too long' USING ERRCODE = 'query_canceled';" : "RETURN NULL;";
    await owner.query(`CREATE FUNCTION slow_insert() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_sleep(${seconds}); ${then} END $$`);
    await owner.query(`CREATE TRIGGER slow_insert BEFORE INSERT ON ${into}
      FOR EACH STATEMENT EXECUTE FUNCTION slow_insert()`);
    try {
      await work();
    } finally {
      await owner.query("DROP FUNCTION slow_insert CASCADE");
    }
  });
}
