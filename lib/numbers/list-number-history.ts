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
import { limitSchema } from "../page-cursor.ts";
import { parseInput } from "../parse-input.ts";
import { getNumber } from "./get-number.ts";

export const listNumberHistorySchema = z.object({
  limit: limitSchema,
  cursor: auditCursorSchema.optional(),
});

/**
 * Lists the entries about one number, newest first, and whether earlier ones may be in archives. Takes
 * `number:read`, since whoever may see a number may see why it is as it is; `origin:read` to see where
 * colleagues acted from.
 *
 * @throws AppError NOT_FOUND for an unknown number, INVALID_INPUT for an invalid cursor
 */
export async function listNumberHistory(
  actor: Actor,
  id: string,
  input: z.input<typeof listNumberHistorySchema>,
): Promise<TrailPage> {
  authorize(actor, "number:read");
  const { limit, cursor } = parseInput(listNumberHistorySchema, input);
  const { phoneNumberId } = await getNumber(actor, id);
  const filter = { targetType: "number" as const, targetId: phoneNumberId };
  const { createdAt } = await db().number.findUniqueOrThrow({
    where: { phoneNumberId },
    select: { createdAt: true },
  });
  const page = await readAuditPage(filter, { limit, cursor });
  const items = hideOrigins(actor, page.items);
  return { ...page, items, archived: await findArchivedPart(createdAt) };
}
