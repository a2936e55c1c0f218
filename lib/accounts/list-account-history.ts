import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { findArchivedPart } from "../audit/archive/find-archived-part.ts";
import { hideOrigins } from "../audit/private/hide-origins.ts";
import {
  auditCursorSchema,
  readAuditPage,
  type TrailPage,
} from "../audit/search/read-audit-page.ts";
import { db } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { limitSchema } from "../page-cursor.ts";
import { parseInput } from "../parse-input.ts";
import { accountIdSchema } from "./get-account.ts";

const listAccountHistorySchema = z.strictObject({
  limit: limitSchema,
  cursor: auditCursorSchema.optional(),
});

/**
 * Lists the entries about one account itself, newest first: its manager, stand-ins, zone and rule. Those
 * about its numbers are in their own histories. Takes `desk:read`; `origin:read` to see where colleagues
 * acted from.
 *
 * @throws AppError NOT_FOUND for an unknown account, INVALID_INPUT for an invalid cursor
 */
export async function listAccountHistory(
  actor: Actor,
  id: string,
  input: z.input<typeof listAccountHistorySchema>,
): Promise<TrailPage> {
  authorize(actor, "desk:read");
  const { limit, cursor } = parseInput(listAccountHistorySchema, input);
  const accountId = parseInput(accountIdSchema, id);
  const select = { createdAt: true };
  const account = await db().account.findUnique({ where: { id: accountId }, select });
  if (!account) throw new AppError("NOT_FOUND", "There is no such account.");
  const filter = { targetType: "account" as const, targetId: accountId };
  const page = await readAuditPage(filter, { limit, cursor });
  const items = hideOrigins(actor, page.items);
  return { ...page, items, archived: await findArchivedPart(account.createdAt) };
}
