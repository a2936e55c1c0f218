import { db } from "#lib/db/client.ts";

/** The id of an account, by the one that the roster gives it. */
export async function accountIdByExternalId(externalId: string): Promise<string> {
  return (await db().account.findUniqueOrThrow({ where: { externalId } })).id;
}
