import { closeDatabase, setDatabase } from "../db/client.ts";
import { AS_OWNER } from "../db/transaction-settings.ts";

/** Does as the owner of the database what the application's role may not. */
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
