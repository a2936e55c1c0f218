import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import {
  REQUEST_RECORD_INCLUDE,
  type RequestRecord,
  toRequestRecord,
} from "../flags/pending/request-record.ts";
import { parseInput } from "../parse-input.ts";
import { type ListRequestsInput, listRequestsSchema, readRequestIds } from "./read-request-ids.ts";

export type RequestPage = { items: RequestRecord[]; nextCursor: string | null };

/**
 * Lists one page of the matching requests: the open ones first, oldest first, since they are the queue of a
 * role, then the others, newest first. Takes `desk:read`.
 *
 * @throws AppError INVALID_INPUT for an invalid filter or cursor
 */
export async function listRequests(actor: Actor, input: ListRequestsInput): Promise<RequestPage> {
  authorize(actor, "desk:read");
  const { ids, nextCursor } = await readRequestIds(actor, parseInput(listRequestsSchema, input));
  const rows = await db().changeRequest.findMany({
    where: { id: { in: ids } },
    include: REQUEST_RECORD_INCLUDE,
  });
  const byId = new Map(rows.map((row) => [row.id, toRequestRecord(row)]));
  return { items: ids.flatMap((id) => byId.get(id) ?? []), nextCursor };
}
