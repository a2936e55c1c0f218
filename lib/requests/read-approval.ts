import { Prisma } from "../db/generated/client.ts";
import type { SqlRunner } from "../db/sql-runner.ts";
import type { RequestState } from "../flags/pending/request-record.ts";
import { REQUESTER, type Requester } from "../flags/pending/requester.ts";

/** A request with all that its approval depends on. */
export type Approval = {
  id: string;
  display: string;
  state: RequestState;
  version: number;
  reason: string;
  ticketUrl: string | null;
  at: Date | null;
  localTime: string | null;
  zone: string | null;
  lateHours: number | null;
  expiresAt: Date;
  liftsTwoPeopleOfId: string | null;
  requestedById: string;
  editedById: string | null;
  decidedBy: { email: string; name: string } | null;
  decidedAt: Date | null;
  decision: string | null;
  why: string | null;
  endedAt: Date | null;
  requester: Requester;
  changes: { phoneNumberId: string; acceptsBsuid: boolean; flagVersion: number }[];
};

/** Reads a request; with `isLocked` for as long as the transaction that holds the ledger lasts. */
export async function readApproval(
  runner: SqlRunner,
  { requestId, isLocked }: { requestId: string; isLocked: boolean },
): Promise<Approval | null> {
  const [row] = await runner.query<Approval>(Prisma.sql`
    SELECT r.id, r.display, r.state, r.version, r.reason, r.ticket_url AS "ticketUrl", r.at,
      r.local_time AS "localTime", r.zone, r.late_hours AS "lateHours", r.expires_at AS "expiresAt",
      r.lifts_two_people_of_id AS "liftsTwoPeopleOfId", r.requested_by_id AS "requestedById",
      r.edited_by_id AS "editedById", r.decided_at AS "decidedAt", r.decision, r.why,
      r.ended_at AS "endedAt", ${REQUESTER} AS requester,
      (SELECT json_build_object('email', d.email, 'name', d.name)
       FROM person d WHERE d.id = r.decided_by_id) AS "decidedBy",
      coalesce((
        SELECT json_agg(json_build_object('phoneNumberId', i.phone_number_id,
          'acceptsBsuid', i.accepts_bsuid, 'flagVersion', i.flag_version) ORDER BY i.phone_number_id)
        FROM change_request_item i WHERE i.request_id = r.id), '[]') AS changes
    FROM change_request r WHERE r.id = ${requestId}::uuid
    ${isLocked ? Prisma.sql`FOR UPDATE` : Prisma.empty}`);
  return row ?? null;
}
