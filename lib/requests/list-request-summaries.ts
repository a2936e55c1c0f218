import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import type { RequestState } from "../flags/pending/request-record.ts";
import { parseInput } from "../parse-input.ts";
import { type ListRequestsInput, listRequestsSchema, readRequestIds } from "./read-request-ids.ts";

/** A request as a line of the queue. Times are ISO 8601, UTC. */
export type RequestSummary = {
  id: string;
  display: string;
  state: RequestState;
  reason: string;
  requestedBy: { id: string; name: string };
  requestedAt: string;
  at: string | null;
  expiresAt: string;
  numberCount: number;
  /** The names of its accounts, at most three, and how many there are. */
  accounts: string[];
  accountCount: number;
  /** How many messages the numbers that it turns on dropped since it was asked for, until it ended. */
  lost: number;
};

export type RequestSummaryPage = {
  items: RequestSummary[];
  /** How many match, over all pages. */
  total: number;
  nextCursor: string | null;
};

type Times = "requestedAt" | "at" | "expiresAt";
type Row = Omit<RequestSummary, Times | "lost"> & {
  requestedAt: Date;
  at: Date | null;
  expiresAt: Date;
  lost: bigint;
};

/**
 * Lists one page of the matching requests in the order of `listRequests`, each in short, with what its numbers
 * lose while it waits. Takes `desk:read`.
 *
 * @throws AppError INVALID_INPUT for an invalid filter or cursor
 */
export async function listRequestSummaries(
  actor: Actor,
  input: ListRequestsInput,
): Promise<RequestSummaryPage> {
  authorize(actor, "desk:read");
  const query = parseInput(listRequestsSchema, input);
  const { ids, total, nextCursor } = await readRequestIds(actor, query);
  const rows = await db().$queryRaw<Row[]>`
    SELECT r.id, r.display, r.state, r.reason, r.requested_at AS "requestedAt", r.at,
      r.expires_at AS "expiresAt", json_build_object('id', p.id, 'name', p.name) AS "requestedBy",
      (SELECT count(*)::int FROM change_request_item i WHERE i.request_id = r.id) AS "numberCount",
      coalesce(of.names, '{}') AS accounts, coalesce(of.count, 0) AS "accountCount", loss.lost
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS wanted(id, place)
    JOIN change_request r ON r.id = wanted.id
    JOIN person p ON p.id = r.requested_by_id,
    LATERAL (
      SELECT (array_agg(a.name ORDER BY a.name))[:3] AS names, count(*)::int AS count FROM account a
      WHERE a.id = r.lifts_two_people_of_id
        OR a.id IN (SELECT i.account_id FROM change_request_item i WHERE i.request_id = r.id)
    ) AS of,
    LATERAL (
      SELECT coalesce(sum(t.phone_less_dropped), 0)::bigint AS lost
      FROM change_request_item i JOIN traffic_count t ON t.phone_number_id = i.phone_number_id
      WHERE i.request_id = r.id AND i.accepts_bsuid
        AND t.hour >= date_trunc('hour', r.requested_at)
        AND t.hour <= coalesce(r.ended_at, clock_timestamp())
    ) AS loss
    ORDER BY wanted.place`;
  const items = rows.map(({ lost, requestedAt, at, expiresAt, ...row }) => ({
    ...row,
    lost: Number(lost),
    requestedAt: requestedAt.toISOString(),
    at: at?.toISOString() ?? null,
    expiresAt: expiresAt.toISOString(),
  }));
  return { items, total, nextCursor };
}
