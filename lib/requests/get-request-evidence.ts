import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import type { RequestWithWishes } from "../flags/pending/request-record.ts";
import { type NumberRecord, readNumberRecords } from "../numbers/number-record.ts";
import { getRequest } from "./get-request.ts";

/** A number as it was asked for, and as it is now. */
export type EvidenceNumber = {
  number: NumberRecord;
  acceptsBsuid: boolean;
  flagVersion: number;
  /** Whether it is not as it was any more: its flag changed, it went to another account, or it retired. */
  hasMovedOn: boolean;
  /** How many messages it dropped since it was asked for, until the request ended. */
  lost: number;
};

/** What somebody looks at before they decide on a request. */
export type RequestEvidence = {
  request: RequestWithWishes;
  display: string;
  requestedById: string;
  editedBy: { id: string; name: string } | null;
  /** What of the readiness checklist was ticked. */
  checks: string[];
  localTime: string | null;
  zone: string | null;
  lateHours: number | null;
  endedAt: string | null;
  /** The first 200 of its numbers; the request has all. */
  numbers: EvidenceNumber[];
};

const MAX_NUMBERS = 200;

/**
 * Gets a request with what a decision needs: its numbers then and now, what they lose meanwhile, what else
 * waits for them, and the ticks. Takes `desk:read`.
 *
 * @throws AppError NOT_FOUND, or INVALID_INPUT for a malformed id
 */
export async function getRequestEvidence(
  actor: Actor,
  requestId: string,
): Promise<RequestEvidence> {
  authorize(actor, "desk:read");
  const request = await getRequest(actor, requestId);
  const [row, numbers] = await Promise.all([
    db().changeRequest.findUniqueOrThrow({
      where: { id: request.id },
      include: { editedBy: { select: { id: true, name: true } } },
    }),
    readNumbers(request.id),
  ]);
  const { display, requestedById, editedBy, checks, localTime, zone, lateHours } = row;
  return {
    ...{ request, display, requestedById, editedBy, checks, localTime, zone, lateHours },
    endedAt: row.endedAt?.toISOString() ?? null,
    numbers,
  };
}

type Row = {
  phoneNumberId: string;
  acceptsBsuid: boolean;
  flagVersion: number;
  accountId: string;
  lost: bigint;
};

async function readNumbers(requestId: string): Promise<EvidenceNumber[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT i.phone_number_id AS "phoneNumberId", i.accepts_bsuid AS "acceptsBsuid",
      i.flag_version AS "flagVersion", i.account_id AS "accountId", (
        SELECT coalesce(sum(t.phone_less_dropped), 0)::bigint FROM traffic_count t
        WHERE t.phone_number_id = i.phone_number_id AND t.hour >= date_trunc('hour', r.requested_at)
          AND t.hour <= coalesce(r.ended_at, clock_timestamp())) AS lost
    FROM change_request_item i JOIN change_request r ON r.id = i.request_id
    WHERE i.request_id = ${requestId}::uuid
    ORDER BY i.phone_number_id LIMIT ${MAX_NUMBERS}`;
  const ids = rows.map(({ phoneNumberId }) => phoneNumberId);
  const records = await readNumberRecords(toPrismaRunner(db()), ids);
  const byId = new Map(records.map((number) => [number.phoneNumberId, number]));
  return rows.flatMap(({ phoneNumberId, accountId, lost, ...asked }) => {
    const number = byId.get(phoneNumberId);
    if (!number) return [];
    const hasMovedOn =
      number.flagVersion !== asked.flagVersion ||
      number.account.id !== accountId ||
      number.retiredAt !== null;
    return [{ ...asked, number, hasMovedOn, lost: Number(lost) }];
  });
}
