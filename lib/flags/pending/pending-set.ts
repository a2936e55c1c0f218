import type { AuditDraft } from "../../audit/append-events.ts";
import { Prisma } from "../../db/generated/client.ts";
import type { HeldLedger } from "../../db/ledger.ts";
import type { SqlRunner } from "../../db/sql-runner.ts";
import type { NumberRecord } from "../../numbers/number-record.ts";

/** What happened to a number: its flag changed, it went to another account, portfolio or WABA, or it retired. */
export type NumberMove = {
  number: Pick<NumberRecord, "phoneNumberId" | "label" | "displayPhoneNumber" | "flagVersion">;
  how: "changed" | "moved" | "retired";
};

/** A request or schedule that carries out the move itself, and so is not ended by it. */
export type CarriedOut = { requestId?: string | undefined; scheduleId?: string | undefined };

/** The entries and statements that end what a move ended. */
export type EndedPending = { drafts: AuditDraft[]; writes: Prisma.Sql[] };

type Row = {
  kind: "request" | "schedule";
  id: string;
  display: string;
  /** Of a schedule: the request that it carries out, and the schedule that it waits for. */
  requestId: string | null;
  afterId: string | null;
  isBound: boolean;
  /** Null for a schedule that names none of the numbers, and follows one that does. */
  phoneNumberId: string | null;
  flagVersion: number | null;
};

type End = { row: Row; code: ScheduleEnd; why: string };

/** Why a schedule ended before its time: the codes of its `failure`. */
type ScheduleEnd = "STALE" | "MOVED" | "RETIRED" | "FIRST_HALF";

/** Requests and schedules that wait and name some numbers, as read while the ledger is held. */
export class PendingSet {
  #rows: Row[];

  constructor(rows: readonly Row[]) {
    this.#rows = [...rows];
  }

  /**
   * Ends what was bound to the numbers as they were before: requests become void, schedules fail, and what
   * follows a schedule that failed is cancelled. Each is ended once, however many moves concern it.
   */
  end(
    ledger: HeldLedger,
    {
      moves,
      carriedOut = {},
      batchId,
    }: {
      moves: readonly NumberMove[];
      carriedOut?: CarriedOut | undefined;
      batchId?: string | undefined;
    },
  ): EndedPending {
    if (this.#rows.length === 0) return { drafts: [], writes: [] };
    const byId = new Map(moves.map((move) => [move.number.phoneNumberId, move]));
    const ends = new Map<string, End>();
    for (const row of this.#rows) {
      if (row.id === carriedOut.requestId || row.id === carriedOut.scheduleId) continue;
      const move = row.phoneNumberId === null ? undefined : byId.get(row.phoneNumberId);
      if (move && !ends.has(row.id) && isEndedBy(row, move)) ends.set(row.id, toEnd(row, move));
    }
    this.#addConsequences(ends);
    this.#rows = this.#rows.filter(({ id }) => !ends.has(id));
    return toEnded([...ends.values()], { now: ledger.now, batchId });
  }

  /** A void request takes its schedule with it, a schedule that failed its request and those that follow it. */
  #addConsequences(ends: Map<string, End>): void {
    const ofRequests = new Map<string, End>();
    const note = (end: End) => {
      const { requestId } = end.row;
      if (requestId !== null && !ofRequests.has(requestId)) ofRequests.set(requestId, end);
    };
    for (const end of ends.values()) note(end);
    const add = (end: End) => {
      ends.set(end.row.id, end);
      note(end);
    };
    for (let before = -1; before !== ends.size; ) {
      before = ends.size;
      for (const row of this.#rows) {
        if (ends.has(row.id)) continue;
        const cause = ends.get(row.requestId ?? "") ?? ofRequests.get(row.id);
        const first = ends.get(row.afterId ?? "");
        if (cause) add({ ...cause, row });
        else if (first) {
          add({ row, code: "FIRST_HALF", why: `What it follows ended: ${first.why}` });
        }
      }
    }
  }
}

function isEndedBy({ kind, isBound, flagVersion }: Row, { number, how }: NumberMove): boolean {
  if (how !== "changed") return true;
  return (kind === "request" || isBound) && flagVersion !== number.flagVersion;
}

const ENDS = {
  changed: { code: "STALE", words: "was changed meanwhile" },
  moved: { code: "MOVED", words: "moved to another account, portfolio or WABA" },
  retired: { code: "RETIRED", words: "was retired" },
} as const satisfies Record<NumberMove["how"], { code: ScheduleEnd; words: string }>;

function toEnd(row: Row, { number, how }: NumberMove): End {
  const { code, words } = ENDS[how];
  return { row, code, why: `${number.label} (${number.displayPhoneNumber}) ${words}.` };
}

function toEnded(
  ends: readonly End[],
  { now, batchId }: { now: Date; batchId: string | undefined },
): EndedPending {
  if (ends.length === 0) return { drafts: [], writes: [] };
  const drafts = ends.map(({ row, code, why }): AuditDraft => {
    const target = { type: row.kind, id: row.id, display: row.display } as const;
    if (row.kind === "request") {
      return {
        action: "request.voided",
        target,
        before: null,
        after: { state: "void", why },
        batchId,
      };
    }
    const isCancelled = code === "FIRST_HALF";
    const state = isCancelled ? "cancelled" : "failed";
    const action = isCancelled ? "schedule.cancelled" : "schedule.failed";
    return { action, target, before: null, after: { state, code, why }, batchId };
  });
  const requests = ends.filter(({ row }) => row.kind === "request");
  const schedules = ends.filter(({ row }) => row.kind === "schedule");
  return {
    drafts,
    writes: [
      Prisma.sql`
        UPDATE change_request r SET state = 'void', why = e.why, ended_at = ${now}
        FROM unnest(${requests.map(({ row }) => row.id)}::uuid[], ${requests.map(({ why }) => why)}::text[]) AS e(id, why)
        WHERE r.id = e.id AND r.ended_at IS NULL`,
      Prisma.sql`
        UPDATE schedule s SET state = CASE e.code WHEN 'FIRST_HALF' THEN 'cancelled' ELSE 'failed' END,
          failure_code = e.code, failure_detail = e.why, ended_at = ${now}
        FROM unnest(${schedules.map(({ row }) => row.id)}::uuid[], ${schedules.map(({ code }) => code)}::text[],
                    ${schedules.map(({ why }) => why)}::text[]) AS e(id, code, why)
        WHERE s.id = e.id AND s.ended_at IS NULL`,
    ],
  };
}

/** Reads the requests and schedules that wait and name any of these numbers, and the schedules that follow those. */
export async function readPendingSet(
  runner: SqlRunner,
  phoneNumberIds: readonly string[],
): Promise<PendingSet> {
  const rows = await runner.query<Row>(Prisma.sql`
    WITH RECURSIVE named AS (
      SELECT i.schedule_id AS id, i.phone_number_id, i.flag_version
      FROM schedule_item i JOIN schedule s ON s.id = i.schedule_id AND s.state = 'waiting'
      WHERE i.phone_number_id = ANY(${phoneNumberIds}::text[])
    ), waiting AS (
      SELECT id FROM named
      UNION SELECT s.id FROM schedule s JOIN waiting w ON s.after_id = w.id WHERE s.state = 'waiting'
    )
    SELECT 'request' AS kind, r.id, r.display, NULL AS "requestId", NULL AS "afterId", true AS "isBound",
           i.phone_number_id AS "phoneNumberId", i.flag_version AS "flagVersion"
    FROM change_request_item i JOIN change_request r ON r.id = i.request_id AND r.state IN ('open', 'scheduled')
    WHERE i.phone_number_id = ANY(${phoneNumberIds}::text[])
    UNION ALL
    SELECT 'schedule', s.id, s.display, s.request_id, s.after_id, s.is_bound, n.phone_number_id, n.flag_version
    FROM waiting w JOIN schedule s ON s.id = w.id LEFT JOIN named n ON n.id = s.id`);
  return new PendingSet(rows);
}
