import { v7 as uuidv7 } from "uuid";
import type { Actor } from "../access/actor.ts";
import { Prisma } from "../db/generated/client.ts";
import type { HeldLedger } from "../db/ledger.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import {
  type AuditAction,
  type AuditEvent,
  type AuditFields,
  type AuditTarget,
  hashEvent,
} from "./event.ts";

/** What a verb says of its change; who, when, from where and the chain are added here. */
export type AuditDraft = {
  action: AuditAction;
  /** A success, unless said. */
  outcome?: AuditEvent["outcome"];
  target: AuditTarget;
  before: AuditFields | null;
  after: AuditFields | null;
  reason?: string | null;
  ticketUrl?: string | null;
  /** Set for a flag change: the next revision, counting from the ledger's. */
  revision?: number;
  /** Shared by the events of one bulk change or import. */
  batchId?: string | undefined;
};

/**
 * Appends events to the trail, in order, each with the hash of the one before. The database
 * checks that they continue the chain, and moves the ledger (see the migration).
 */
export async function appendEvents(
  tx: AuditedTransaction,
  drafts: readonly AuditDraft[],
): Promise<AuditEvent[]> {
  if (drafts.length === 0) return [];
  const events = chainEvents(tx, tx.actor, drafts);
  await tx.db.$executeRaw(toInsert(events));
  return events;
}

/** Makes an actor's drafts the next entries of the trail, and moves the head; `toInsert` writes them. */
export function chainEvents(
  ledger: HeldLedger,
  actor: Actor,
  drafts: readonly AuditDraft[],
): AuditEvent[] {
  return drafts.map((draft) => {
    const unhashed = toUnhashedEvent(ledger, actor, draft);
    const event = { ...unhashed, hash: hashEvent(unhashed) };
    ledger.head = { ...ledger.head, seq: event.seq, hash: event.hash };
    if (event.revision !== null) {
      ledger.head = { ...ledger.head, revision: event.revision, revisionHash: event.hash };
    }
    return event;
  });
}

/** One parameter for all rows: several times faster than a parameter a column, and any number of rows. */
export function toInsert(events: readonly AuditEvent[]): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO audit_event
    SELECT * FROM jsonb_populate_recordset(NULL::audit_event, ${JSON.stringify(events.map(toRow))}::jsonb)`;
}

function toUnhashedEvent(
  { head, now }: HeldLedger,
  actor: Actor,
  draft: AuditDraft,
): Omit<AuditEvent, "hash"> {
  const { origin } = actor;
  return {
    seq: head.seq + 1,
    id: uuidv7(),
    occurredAt: now.toISOString(),
    schema: 1,
    action: draft.action,
    outcome: draft.outcome ?? "success",
    actor: toEventActor(actor),
    target: draft.target,
    before: draft.before,
    after: draft.after,
    reason: draft.reason ?? null,
    ticketUrl: draft.ticketUrl ?? null,
    revision: draft.revision ?? null,
    requestId: origin.requestId,
    channel: origin.channel,
    ip: origin.ip,
    userAgent: origin.userAgent,
    ...(draft.batchId === undefined ? {} : { batchId: draft.batchId }),
    prevHash: head.hash,
  };
}

function toEventActor(actor: Actor): AuditEvent["actor"] {
  const { type, id, name } = actor;
  if (type !== "person") return { type, id, email: null, name, role: null };
  return { type, id, email: actor.email, name, role: actor.role };
}

/** The event as a row of `audit_event`, by column. */
function toRow(event: AuditEvent) {
  const { actor, target } = event;
  return {
    seq: event.seq,
    id: event.id,
    occurred_at: event.occurredAt,
    schema: event.schema,
    action: event.action,
    outcome: event.outcome,
    actor_type: actor.type,
    actor_id: actor.id,
    actor_email: actor.email,
    actor_name: actor.name,
    actor_role: actor.role,
    target_type: target.type,
    target_id: target.id,
    target_display: target.display,
    before: event.before,
    after: event.after,
    reason: event.reason,
    ticket_url: event.ticketUrl,
    revision: event.revision,
    request_id: event.requestId,
    channel: event.channel,
    ip: event.ip,
    user_agent: event.userAgent,
    batch_id: event.batchId ?? null,
    prev_hash: event.prevHash,
    hash: event.hash,
  };
}
