import { Prisma } from "../db/generated/client.ts";
import type { SqlRunner } from "../db/sql-runner.ts";

/** A number as the API and the screens show it. */
export type NumberRecord = {
  phoneNumberId: string;
  /** E.164. */
  displayPhoneNumber: string;
  label: string;
  account: {
    id: string;
    name: string;
    manager: { email: string; name: string } | null;
  };
  portfolioId: string;
  wabaId: string;
  acceptsBsuid: boolean;
  /** How often the flag was changed; the number's ETag is `"v<flagVersion>"`. */
  flagVersion: number;
  /** The global revision of the latest change, 0 when there was none. */
  flagRevision: number;
  /** ISO 8601, UTC. */
  flagChangedAt: string | null;
  /** Null when never changed, or changed by the console itself. */
  flagChangedBy: { email: string; name: string } | null;
  retiredAt: string | null;
};

/** What a query has to include for `toNumberRecord`. */
export const NUMBER_RECORD_INCLUDE = {
  account: { include: { manager: { select: { email: true, name: true } } } },
  flagChangedBy: { select: { email: true, name: true } },
} as const satisfies Prisma.NumberInclude;

type Named = { email: string; name: string };

/** The columns that `toNumberRecord` reads. */
type Row = Omit<NumberRecord, "flagRevision" | "flagChangedAt" | "retiredAt"> & {
  account: { id: string; name: string; manager: Named | null };
  flagRevision: bigint | string;
  flagChangedAt: Date | null;
  flagChangedBy: Named | null;
  retiredAt: Date | null;
};

export function toNumberRecord(row: Row): NumberRecord {
  return {
    phoneNumberId: row.phoneNumberId,
    displayPhoneNumber: row.displayPhoneNumber,
    label: row.label,
    account: { id: row.account.id, name: row.account.name, manager: row.account.manager },
    portfolioId: row.portfolioId,
    wabaId: row.wabaId,
    acceptsBsuid: row.acceptsBsuid,
    flagVersion: row.flagVersion,
    flagRevision: Number(row.flagRevision),
    flagChangedAt: row.flagChangedAt?.toISOString() ?? null,
    flagChangedBy: row.flagChangedBy,
    retiredAt: row.retiredAt?.toISOString() ?? null,
  };
}

/**
 * Reads numbers by id; ignores unknown ids. One query where Prisma's `include` makes four, for use under
 * the ledger's lock, for which everybody else waits.
 */
export async function readNumberRecords(
  runner: SqlRunner,
  phoneNumberIds: readonly string[],
): Promise<NumberRecord[]> {
  const rows = await runner.query<Row>(Prisma.sql`
    SELECT n.phone_number_id AS "phoneNumberId", n.display_phone_number AS "displayPhoneNumber",
           n.label, n.portfolio_id AS "portfolioId", n.waba_id AS "wabaId",
           n.accepts_bsuid AS "acceptsBsuid", n.flag_version AS "flagVersion",
           n.flag_revision AS "flagRevision", n.flag_changed_at AS "flagChangedAt",
           n.retired_at AS "retiredAt",
           json_build_object('id', a.id, 'name', a.name, 'manager', CASE WHEN m.id IS NOT NULL
             THEN json_build_object('email', m.email, 'name', m.name) END) AS account,
           CASE WHEN p.id IS NOT NULL
             THEN json_build_object('email', p.email, 'name', p.name) END AS "flagChangedBy"
    FROM number n
    JOIN account a ON a.id = n.account_id
    LEFT JOIN person m ON m.id = a.manager_id
    LEFT JOIN person p ON p.id = n.flag_changed_by_id
    WHERE n.phone_number_id = ANY(${phoneNumberIds}::text[])`);
  return rows.map(toNumberRecord);
}
