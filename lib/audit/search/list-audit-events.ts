import type { z } from "zod";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { limitSchema } from "../../page-cursor.ts";
import { parseInput } from "../../parse-input.ts";
import { findArchivedPart } from "../archive/find-archived-part.ts";
import { hideOrigins } from "../private/hide-origins.ts";
import { auditFilterSchema } from "./audit-filter.ts";
import { auditCursorSchema, readAuditPage, type TrailPage } from "./read-audit-page.ts";
import { requireKnownValues } from "./require-known-values.ts";
import { resolveFilter } from "./resolve-filter.ts";

export const listAuditEventsSchema = auditFilterSchema.safeExtend({
  limit: limitSchema,
  cursor: auditCursorSchema.optional(),
});

export type ListAuditEventsInput = z.input<typeof listAuditEventsSchema>;

/**
 * Lists one page of the trail, newest first, stable while events are added, and says which older entries
 * are in archives. Takes `audit:read`; `origin:read` to see where colleagues acted from.
 *
 * @throws AppError INVALID_INPUT for an invalid filter or one that names something unknown; UNAVAILABLE for a search that takes too long
 */
export async function listAuditEvents(
  actor: Actor,
  input: ListAuditEventsInput,
): Promise<TrailPage> {
  authorize(actor, "audit:read");
  const { limit, cursor, ...filter } = parseInput(listAuditEventsSchema, input);
  await requireKnownValues(filter);
  const page = await readAuditPage(await resolveFilter(filter), { limit, cursor });
  const items = hideOrigins(actor, page.items);
  return { ...page, items, archived: await findArchivedPart(filter.from) };
}
