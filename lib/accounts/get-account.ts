import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { Prisma } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { type AccountRecord, readAccounts } from "./account-record.ts";

export const accountIdSchema = z.uuid({ error: "This must be the id of an account." });

/**
 * Gets one account with its people, its rule and its counts. Takes `desk:read`.
 *
 * @throws AppError NOT_FOUND, or INVALID_INPUT for a malformed id
 */
export async function getAccount(actor: Actor, id: string): Promise<AccountRecord> {
  authorize(actor, "desk:read");
  const accountId = parseInput(accountIdSchema, id);
  const [account] = await readAccounts(Prisma.sql`a.id = ${accountId}::uuid`, { limit: 1 });
  if (account) return account;
  throw new AppError("NOT_FOUND", "There is no such account.");
}
