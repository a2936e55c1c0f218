import type { Prisma } from "../db/generated/client.ts";

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

/** What a query must bring for `toNumberRecord`. */
export const NUMBER_RECORD_INCLUDE = {
  account: { include: { manager: { select: { email: true, name: true } } } },
  flagChangedBy: { select: { email: true, name: true } },
} as const satisfies Prisma.NumberInclude;

type Row = Prisma.NumberGetPayload<{ include: typeof NUMBER_RECORD_INCLUDE }>;

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
