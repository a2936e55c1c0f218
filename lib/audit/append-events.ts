import { v7 as uuidv7 } from "uuid";
import type { Actor } from "../access/actor.ts";
import { Prisma } from "../db/generated/client.ts";
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

/** Rows a statement; PostgreSQL takes 65,535 parameters, and a row has 27. */
const ROWS_A_STATEMENT = 1_000;

/**
 * Appends events to the trail, in order, each with the hash of the one before. The database
 * checks that they continue the chain, and moves the ledger (see the migration).
 */
export async function appendEvents(
  tx: AuditedTransaction,
  drafts: readonly AuditDraft[],
): Promise<AuditEvent[]> {
  const events = chain(tx, drafts);
  for (let start = 0; start < events.length; start += ROWS_A_STATEMENT) {
    const rows = events.slice(start, start + ROWS_A_STATEMENT).map(toRow);
    await tx.db.auditEvent.createMany({ data: rows });
  }
  return events;
}

function chain(tx: AuditedTransaction, drafts: readonly AuditDraft[]): AuditEvent[] {
  return drafts.map((draft) => {
    const unhashed = toUnhashedEvent(tx, draft);
    const event = { ...unhashed, hash: hashEvent(unhashed) };
    tx.head = { ...tx.head, seq: event.seq, hash: event.hash };
    if (event.revision !== null) {
      tx.head = { ...tx.head, revision: event.revision, revisionHash: event.hash };
    }
    return event;
  });
}

function toUnhashedEvent(tx: AuditedTransaction, draft: AuditDraft): Omit<AuditEvent, "hash"> {
  const { origin } = tx.actor;
  return {
    seq: tx.head.seq + 1,
    id: uuidv7(),
    occurredAt: tx.now.toISOString(),
    schema: 1,
    action: draft.action,
    outcome: "success",
    actor: toEventActor(tx.actor),
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
    prevHash: tx.head.hash,
  };
}

function toEventActor(actor: Actor): AuditEvent["actor"] {
  const { type, id, name } = actor;
  if (type !== "person") return { type, id, email: null, name, role: null };
  return { type, id, email: actor.email, name, role: actor.role };
}

function toRow(event: AuditEvent): Prisma.AuditEventCreateManyInput {
  const { actor, target, before, after, onBehalfOf, ...same } = event;
  return {
    ...same,
    actorType: actor.type,
    actorId: actor.id,
    actorEmail: actor.email,
    actorName: actor.name,
    actorRole: actor.role,
    targetType: target.type,
    targetId: target.id,
    targetDisplay: target.display,
    before: before ?? Prisma.DbNull,
    after: after ?? Prisma.DbNull,
    onBehalfOf: onBehalfOf ?? Prisma.DbNull,
  };
}
