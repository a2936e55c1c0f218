import type { Prisma } from "../db/generated/client.ts";
import { FAILURES, type Failure } from "./delivery/failures.ts";

const STATES = ["waiting", "delivered", "failed"] as const;

/** A delivery as the page and the API show it; times are ISO 8601. */
export type DeliveryRecord = {
  /** The `webhook-id` that it is sent under, each time. */
  id: string;
  endpointId: string;
  type: string;
  data: unknown;
  /** The body's `timestamp`. */
  happenedAt: string;
  state: (typeof STATES)[number];
  /** How often it was tried since it was made, or replayed. */
  tries: number;
  /** While it waits. */
  nextTryAt: string | null;
  createdAt: string;
  /** The latest first. */
  attempts: { beganAt: string; tookMs: number; status: number | null; failure: Failure | null }[];
};

/** Ten tries, and some replays. */
const MAX_SHOWN = 30;

export const DELIVERY_INCLUDE = {
  attempts: { orderBy: { beganAt: "desc" }, take: MAX_SHOWN },
} as const satisfies Prisma.WebhookDeliveryInclude;

type Row = Prisma.WebhookDeliveryGetPayload<{ include: typeof DELIVERY_INCLUDE }>;

export function toDeliveryRecord(row: Row): DeliveryRecord {
  return {
    id: row.id,
    endpointId: row.endpointId,
    type: row.type,
    data: row.data,
    happenedAt: row.happenedAt.toISOString(),
    state: STATES.find((state) => state === row.state) ?? "failed",
    tries: row.tries,
    nextTryAt: row.state === "waiting" ? row.nextTryAt.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
    attempts: row.attempts.map(({ beganAt, tookMs, status, failure }) => ({
      beganAt: beganAt.toISOString(),
      tookMs,
      status,
      failure: FAILURES.find((one) => one === failure) ?? null,
    })),
  };
}
