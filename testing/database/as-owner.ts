import { closeDatabase, setDatabase } from "#lib/db/client.ts";
import { AS_OWNER } from "#lib/db/transaction-settings.ts";

/** Runs `work` as the owner of the database, who may do what the application's role may not. */
export async function asOwner<Result>(
  ownerUrl: string,
  work: () => Promise<Result>,
): Promise<Result> {
  await closeDatabase();
  setDatabase(ownerUrl, AS_OWNER);
  try {
    return await work();
  } finally {
    await closeDatabase();
  }
}
