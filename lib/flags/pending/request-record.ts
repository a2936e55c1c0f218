import type { Prisma } from "../../db/generated/client.ts";
import { every } from "../../every.ts";
import type { OtherWish } from "./read-other-wishes.ts";

export type RequestState =
  | "open"
  | "approved"
  | "scheduled"
  | "declined"
  | "withdrawn"
  | "void"
  | "expired"
  | "failed";

/** Every state of a request, in the order in which lists offer them. */
export const REQUEST_STATES = every<RequestState>()([
  "open",
  "scheduled",
  "approved",
  "declined",
  "withdrawn",
  "void",
  "expired",
  "failed",
]);

type Named = { email: string; name: string };

/** A request as the API and the screens show it. Times are ISO 8601, UTC. */
export type RequestRecord = {
  id: string;
  state: RequestState;
  /** Raised by every edit; approving names the version that was shown. */
  version: number;
  changes: { phoneNumberId: string; acceptsBsuid: boolean; flagVersion: number }[];
  /** The account whose two-person rule is to be lifted, when the request is about that. */
  liftsTwoPeopleOf: { id: string; name: string } | null;
  reason: string;
  ticketUrl: string | null;
  /** When it is to be carried out; null: with the approval. */
  at: string | null;
  requestedBy: Named;
  requestedAt: string;
  decidedBy: Named | null;
  decidedAt: string | null;
  /** What the one who decided wrote. */
  decision: string | null;
  expiresAt: string;
  /** Why it ended without a decision, in words. */
  why: string | null;
};

/** A request with what else waits for its numbers: carrying one out makes the others void. */
export type RequestWithWishes = RequestRecord & {
  /** At most 20, oldest first, also of whoever asked; none once the request has ended. */
  otherWishes: OtherWish[];
};

const NAMED = { select: { email: true, name: true } } as const;

/** What a query has to include for `toRequestRecord`. */
export const REQUEST_RECORD_INCLUDE = {
  items: { orderBy: { phoneNumberId: "asc" } },
  liftsTwoPeopleOf: { select: { id: true, name: true } },
  requestedBy: NAMED,
  decidedBy: NAMED,
} as const satisfies Prisma.ChangeRequestInclude;

type Row = Prisma.ChangeRequestGetPayload<{ include: typeof REQUEST_RECORD_INCLUDE }>;

export function toRequestRecord(row: Row): RequestRecord {
  return {
    id: row.id,
    // The database checks it.
    state: row.state as RequestState,
    version: row.version,
    changes: row.items.map(({ phoneNumberId, acceptsBsuid, flagVersion }) => ({
      phoneNumberId,
      acceptsBsuid,
      flagVersion,
    })),
    liftsTwoPeopleOf: row.liftsTwoPeopleOf,
    reason: row.reason,
    ticketUrl: row.ticketUrl,
    at: row.at?.toISOString() ?? null,
    requestedBy: row.requestedBy,
    requestedAt: row.requestedAt.toISOString(),
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decision: row.decision,
    expiresAt: row.expiresAt.toISOString(),
    why: row.why,
  };
}
