import type { OnBehalfOf } from "../audit/append-events.ts";
import { Prisma } from "../db/generated/client.ts";
import type { SqlRunner } from "../db/sql-runner.ts";
import type { RequestState } from "../flags/pending/request-record.ts";
import { REQUESTER, type Requester } from "../flags/pending/requester.ts";

/** What of a request never changes, but for the name of who asked for it. */
export type Asked = {
  id: string;
  at: Date | null;
  liftsTwoPeopleOfId: string | null;
  requester: OnBehalfOf;
  phoneNumberIds: string[];
};

/** Reads what has to be known of a request before the ledger is held. */
export async function readAsked(runner: SqlRunner, requestId: string): Promise<Asked | null> {
  const [row] = await runner.query<Asked>(Prisma.sql`
    SELECT r.id, r.at, r.lifts_two_people_of_id AS "liftsTwoPeopleOfId",
      json_build_object('id', p.id, 'email', p.email, 'name', p.name, 'role', p.role) AS requester,
      array(SELECT i.phone_number_id FROM change_request_item i WHERE i.request_id = r.id)
        AS "phoneNumberIds"
    FROM change_request r JOIN person p ON p.id = r.requested_by_id
    WHERE r.id = ${requestId}::uuid`);
  return row ?? null;
}

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

/** Reads a request that is there, and locks it, in the transaction that holds the ledger. */
export async function lockApproval(runner: SqlRunner, requestId: string): Promise<Approval> {
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
    FROM change_request r WHERE r.id = ${requestId}::uuid FOR UPDATE`);
  if (!row) throw new Error("A request that was there is gone.");
  return row;
}
