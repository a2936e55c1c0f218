import type { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { findArchivedPart } from "../audit/archive/find-archived-part.ts";
import { hideOrigins } from "../audit/private/hide-origins.ts";
import { readAuditPage, type TrailPage } from "../audit/search/read-audit-page.ts";
import { listNumberHistorySchema } from "../numbers/list-number-history.ts";
import { parseInput } from "../parse-input.ts";
import { getRequest } from "./get-request.ts";

/**
 * Lists the entries about one request, newest first. Takes `desk:read`, since whoever may see a request may
 * see what became of it; `origin:read` to see where colleagues acted from.
 *
 * @throws AppError NOT_FOUND for an unknown request, INVALID_INPUT for an invalid cursor
 */
export async function listRequestHistory(
  actor: Actor,
  requestId: string,
  input: z.input<typeof listNumberHistorySchema>,
): Promise<TrailPage> {
  authorize(actor, "desk:read");
  const { limit, cursor } = parseInput(listNumberHistorySchema, input);
  const { id, requestedAt } = await getRequest(actor, requestId);
  const page = await readAuditPage({ targetType: "request", targetId: id }, { limit, cursor });
  const archived = await findArchivedPart(new Date(requestedAt));
  return { ...page, items: hideOrigins(actor, page.items), archived };
}
