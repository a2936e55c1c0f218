import type { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { limitSchema } from "../page-cursor.ts";
import { parseInput } from "../parse-input.ts";
import { auditFilterSchema } from "./audit-filter.ts";
import { type AuditPage, auditCursorSchema, readAuditPage } from "./read-audit-page.ts";
import { toAuditCondition } from "./to-audit-condition.ts";

export const listAuditEventsSchema = auditFilterSchema.extend({
  limit: limitSchema,
  cursor: auditCursorSchema.optional(),
});

export type ListAuditEventsInput = z.input<typeof listAuditEventsSchema>;

/**
 * One page of the trail, newest first, stable while events are added. Takes `audit:read`.
 *
 * @throws AppError INVALID_INPUT for a filter that is not one
 */
export async function listAuditEvents(
  actor: Actor,
  input: ListAuditEventsInput,
): Promise<AuditPage> {
  authorize(actor, "audit:read");
  const { limit, cursor, accountId, ...filter } = parseInput(listAuditEventsSchema, input);
  const condition = await toAuditCondition(filter);
  const { reason, targetId } = filter;
  const hasWords = reason !== undefined && targetId === undefined;
  return await readAuditPage({ condition, accountId, hasWords }, { limit, cursor });
}
