import type { AuditEvent as Row } from "../db/generated/client.ts";
import type { SignedEvent } from "./event.ts";

/**
 * A stored row as the event that was hashed. The cast is safe because `appendEvents` wrote the columns
 * from a SignedEvent, and they never change.
 */
export function toSignedEvent(row: Row): SignedEvent {
  const event = {
    seq: Number(row.seq),
    id: row.id,
    occurredAt: row.occurredAt.toISOString(),
    schema: row.schema,
    action: row.action,
    outcome: row.outcome,
    actor: {
      type: row.actorType,
      id: row.actorId,
      role: row.actorRole,
      identity: row.actorIdentity,
    },
    target: { type: row.targetType, id: row.targetId, display: row.targetDisplay },
    before: row.before,
    after: row.after,
    reason: row.reason,
    ticketUrl: row.ticketUrl,
    revision: row.revision === null ? null : Number(row.revision),
    requestId: row.requestId,
    channel: row.channel,
    origin: row.origin,
    ...(row.onBehalfOf === null ? {} : { onBehalfOf: row.onBehalfOf }),
    ...(row.batchId === null ? {} : { batchId: row.batchId }),
    prevHash: row.prevHash,
    hash: row.hash,
  };
  return event as SignedEvent;
}
