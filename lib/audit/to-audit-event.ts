import type { AuditEvent as Row } from "../db/generated/client.ts";
import type { AuditEvent } from "./event.ts";

/**
 * A stored row as the event that was hashed. The columns were written by `appendEvents` from
 * an AuditEvent, and never change: that is what the cast rests on.
 */
export function toAuditEvent(row: Row): AuditEvent {
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
      email: row.actorEmail,
      name: row.actorName,
      role: row.actorRole,
    },
    target: { type: row.targetType, id: row.targetId, display: row.targetDisplay },
    before: row.before,
    after: row.after,
    reason: row.reason,
    ticketUrl: row.ticketUrl,
    revision: row.revision === null ? null : Number(row.revision),
    requestId: row.requestId,
    channel: row.channel,
    ip: row.ip,
    userAgent: row.userAgent,
    ...(row.onBehalfOf === null ? {} : { onBehalfOf: row.onBehalfOf }),
    ...(row.batchId === null ? {} : { batchId: row.batchId }),
    ...(row.restatedBy === null ? {} : { restatedBy: Number(row.restatedBy) }),
    prevHash: row.prevHash,
    hash: row.hash,
  };
  return event as AuditEvent;
}
