import { v7 as uuidv7 } from "uuid";
import type { Actor } from "../access/actor.ts";
import { Prisma } from "../db/generated/client.ts";
import type { HeldLedger } from "../db/ledger.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import {
  type AuditAction,
  type AuditTarget,
  type DraftFields,
  hashEvent,
  type SignedEvent,
  type SignedFields,
} from "./event.ts";
import type { Commitment } from "./private/commitment.ts";
import { type CommitmentSet, readCommitmentSet } from "./private/commitment-set.ts";
import { markPersonal, PersonalValue } from "./private/personal-value.ts";

/** What a verb says of its change; actor, time, origin and hashes are added here. */
export type AuditDraft = {
  action: AuditAction;
  /** Default: success. */
  outcome?: SignedEvent["outcome"];
  target: AuditTarget;
  before: DraftFields | null;
  after: DraftFields | null;
  reason?: string | null;
  ticketUrl?: string | null;
  /** The revision that a flag change makes: one more than the ledger's. */
  revision?: number;
  /** Shared by the events of one bulk change or import. */
  batchId?: string | undefined;
  /** Who asked for what the actor approved or carries out. */
  onBehalfOf?: OnBehalfOf | undefined;
  /** For a system actor: whose address and browser the origin is. Default: the target's. */
  originPersonId?: string | null | undefined;
};

/** Somebody for whom the actor acts, as they are now. */
export type OnBehalfOf = { id: string; role: string; email: string; name: string };

/**
 * Appends events to the trail in order, each with the previous one's hash, and stores the values they commit
 * to. The database checks that they continue the chain, and updates the ledger (see the migration).
 */
export async function appendEvents(
  tx: AuditedTransaction,
  drafts: readonly AuditDraft[],
): Promise<SignedEvent[]> {
  if (drafts.length === 0) return [];
  const wanted = drafts.flatMap((draft) => findPersonalValues(tx.actor, draft));
  const values = await readCommitmentSet(toPrismaRunner(tx.db), wanted);
  const events = chainEvents(tx, { actor: tx.actor, drafts, values });
  for (const write of toInserts(events, values)) await tx.db.$executeRaw(write);
  return events;
}

/** Turns drafts into the next entries of the trail and advances the ledger's head; `toInserts` writes them. */
export function chainEvents(
  ledger: HeldLedger,
  { actor, drafts, values }: { actor: Actor; drafts: readonly AuditDraft[]; values: CommitmentSet },
): SignedEvent[] {
  return drafts.map((draft) => {
    const unhashed = toUnhashedEvent(ledger, { actor, draft, values });
    const event = { ...unhashed, hash: hashEvent(unhashed) };
    ledger.head = { ...ledger.head, seq: event.seq, hash: event.hash };
    if (event.revision !== null) {
      ledger.head = { ...ledger.head, revision: event.revision, revisionHash: event.hash };
    }
    return event;
  });
}

/**
 * The statements that write chained events and the values they commit to. All rows are one parameter: several
 * times faster than one per column, and not limited in number.
 */
export function toInserts(events: readonly SignedEvent[], values: CommitmentSet): Prisma.Sql[] {
  const rows = JSON.stringify(events.map(toRow));
  const newValues = values.takeInsert();
  return [
    ...(newValues ? [newValues] : []),
    Prisma.sql`
      INSERT INTO audit_event
      SELECT * FROM jsonb_populate_recordset(NULL::audit_event, ${rows}::jsonb)`,
  ];
}

/** The personal values that every entry of this actor commits to, and of whom they act for. */
export function findActorPersonalValues(actor: Actor, onBehalfOf?: OnBehalfOf): PersonalValue[] {
  const behalf = onBehalfOf ? toPersonIdentity(onBehalfOf) : null;
  const parts = [toIdentity(actor), toOrigin(actor, null), behalf];
  return parts.filter((part) => part instanceof PersonalValue);
}

function findPersonalValues(actor: Actor, draft: AuditDraft): PersonalValue[] {
  const { target, before, after } = draft;
  const parts = [
    toIdentity(actor),
    toOrigin(actor, draft),
    target.display,
    draft.onBehalfOf && toPersonIdentity(draft.onBehalfOf),
    ...Object.values(before ?? {}),
    ...Object.values(after ?? {}),
  ];
  return parts.filter((part) => part instanceof PersonalValue);
}

type Entry = { actor: Actor; draft: AuditDraft; values: CommitmentSet };

function toUnhashedEvent(
  { head, now }: HeldLedger,
  { actor, draft, values }: Entry,
): Omit<SignedEvent, "hash"> {
  const seal = <Open>(part: Open | PersonalValue): Open | Commitment =>
    part instanceof PersonalValue ? values.commit(part) : part;
  const sealFields = (fields: DraftFields | null): SignedFields | null =>
    fields &&
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, seal(value)]));
  const { type, id, display } = draft.target;
  const { onBehalfOf } = draft;
  return {
    seq: head.seq + 1,
    id: uuidv7(),
    occurredAt: now.toISOString(),
    schema: 1,
    action: draft.action,
    outcome: draft.outcome ?? "success",
    actor: {
      type: actor.type,
      id: actor.id,
      role: actor.type === "person" ? actor.role : null,
      identity: seal(toIdentity(actor)),
    },
    target: { type, id, display: seal(display) },
    before: sealFields(draft.before),
    after: sealFields(draft.after),
    reason: draft.reason ?? null,
    ticketUrl: draft.ticketUrl ?? null,
    revision: draft.revision ?? null,
    requestId: actor.origin.requestId,
    channel: actor.origin.channel,
    origin: seal(toOrigin(actor, draft)),
    ...(onBehalfOf
      ? {
          onBehalfOf: {
            id: onBehalfOf.id,
            role: onBehalfOf.role,
            identity: values.commit(toPersonIdentity(onBehalfOf)),
          },
        }
      : {}),
    ...(draft.batchId === undefined ? {} : { batchId: draft.batchId }),
    prevHash: head.hash,
  };
}

function toIdentity(actor: Actor) {
  if (actor.type !== "person") return { email: null, name: actor.name };
  return toPersonIdentity(actor);
}

function toPersonIdentity({ id, email, name }: Omit<OnBehalfOf, "role">): PersonalValue {
  return markPersonal(id, { email, name });
}

/** The event's origin. All entries of a session or token share one, the one that starts the session too. */
function toOrigin(actor: Actor, draft: AuditDraft | null) {
  const { ip, userAgent } = actor.origin;
  const value = { ip, userAgent };
  if (ip === null && userAgent === null) return value;
  switch (actor.type) {
    case "person": {
      const newSession = draft?.target.type === "session" ? draft.target.id : actor.id;
      const holder = actor.sessionId ?? actor.tokenId ?? newSession;
      return new PersonalValue({ personId: actor.id, holder, value });
    }
    case "service":
      return new PersonalValue({ personId: null, holder: actor.id, value });
    case "system": {
      const display = draft?.target.display;
      const subject = display instanceof PersonalValue ? display.personId : null;
      return markPersonal(
        draft?.originPersonId === undefined ? subject : draft.originPersonId,
        value,
      );
    }
  }
}

/** The event as a row of `audit_event`, by column. */
function toRow(event: SignedEvent) {
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
    actor_role: actor.role,
    actor_identity: actor.identity,
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
    origin: event.origin,
    on_behalf_of: event.onBehalfOf ?? null,
    batch_id: event.batchId ?? null,
    prev_hash: event.prevHash,
    hash: event.hash,
  };
}
