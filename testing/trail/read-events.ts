import { openEvents } from "#lib/audit/private/open-events.ts";
import { toSignedEvent } from "#lib/audit/to-signed-event.ts";
import { db } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";

/** Entries of the trail as people read them, oldest first; actor and target are repeated as flat fields. */
export async function readEvents(where: Prisma.AuditEventWhereInput = {}) {
  const rows = await db().auditEvent.findMany({ where, orderBy: { seq: "asc" } });
  const events = await openEvents(rows.map(toSignedEvent));
  return events.map((event) => ({
    ...event,
    batchId: event.batchId ?? null,
    actorType: event.actor.type,
    actorId: event.actor.id,
    actorEmail: event.actor.email,
    actorName: event.actor.name,
    actorRole: event.actor.role,
    targetType: event.target.type,
    targetId: event.target.id,
    targetDisplay: event.target.display,
  }));
}
