import { withClient } from "#postgres/with-client.ts";

/** Really cuts every connection to the database, and refuses new ones while `work` runs. */
export async function whileDatabaseIsAway(
  ownerUrl: string,
  work: () => Promise<void>,
): Promise<void> {
  const elsewhere = new URL(ownerUrl);
  const name = elsewhere.pathname.slice(1);
  elsewhere.pathname = "/postgres";
  await withClient(elsewhere.href, async (owner) => {
    await owner.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    try {
      await owner.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1",
        [name],
      );
      await work();
    } finally {
      await owner.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    }
  });
}
