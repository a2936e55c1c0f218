import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Channel } from "../access/actor.ts";
import type { Commitment } from "./private/commitment.ts";
import type { PersonalValue } from "./private/personal-value.ts";

/** All audit actions; stored and public, so never renamed. A new one needs an icon in components/history/event-icons.ts and a text in messages/en.json. */
export const AUDIT_ACTIONS = [
  "flag.enabled",
  "flag.disabled",
  "flag.forced",
  "flag.force_reviewed",
  "batch.undone",
  "number.updated",
  "number.retired",
  "account.updated",
  "account.two_people_required",
  "roster.imported",
  "request.opened",
  "request.edited",
  "request.approved",
  "request.declined",
  "request.withdrawn",
  "request.voided",
  "request.expired",
  "request.failed",
  "schedule.created",
  "schedule.moved",
  "schedule.done",
  "schedule.failed",
  "schedule.cancelled",
  "account.two_people_lifted",
  "person.undone",
  "person.created",
  "person.role_changed",
  "person.renamed",
  "person.disabled",
  "person.enabled",
  "person.password_reset",
  "person.password_changed",
  "person.identity_bound",
  "person.identity_forgotten",
  "token.created",
  "token.rotated",
  "token.revoked",
  "token.refused",
  "webhook.created",
  "webhook.updated",
  "webhook.deleted",
  "webhook.rotated",
  "webhook.tested",
  "webhook.replayed",
  "webhook.switched_off",
  "runtime.dismissed",
  "runtime.released",
  "session.started",
  "session.ended",
  "session.ended_everywhere",
  "access.denied",
  "person.erasure_requested",
  "person.erasure_withdrawn",
  "person.erased",
  "audit.exported",
  "audit.archived",
  "audit.restored",
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const OUTCOMES = ["success", "denied", "failed"] as const;

export const ACTOR_TYPES = ["person", "service", "system"] as const;

export const TARGET_TYPES = [
  "number",
  "account",
  "request",
  "schedule",
  "batch",
  "person",
  "token",
  "webhook",
  "roster",
  "audit",
  "session",
] as const;

type Plain = string | number | boolean | null;

/** The changed fields only, by name. */
export type AuditFields = { [field: string]: Plain };

/** Changed fields in a draft: personal values are marked. */
export type DraftFields = { [field: string]: Plain | PersonalValue };

/** Changed fields as they are stored and hashed: personal values are commitments. */
export type SignedFields = { [field: string]: Plain | Commitment };

/** Who or what an event is about. */
export type AuditTarget = {
  type: (typeof TARGET_TYPES)[number];
  id: string;
  /** The name that people knew it by at the time. */
  display: string | PersonalValue;
};

/** Who somebody was at the time. */
type Identity = { email: string | null; name: string };

/** Where somebody acted from. */
type EventOrigin = { ip: string | null; userAgent: string | null };

type EventFrame = {
  seq: number;
  /** UUIDv7. */
  id: string;
  /** ISO 8601, UTC, milliseconds. */
  occurredAt: string;
  schema: 1;
  action: string;
  outcome: (typeof OUTCOMES)[number];
  reason: string | null;
  ticketUrl: string | null;
  /** The flag revision this change made, when it changed a flag. */
  revision: number | null;
  requestId: string;
  channel: Channel;
  /** Present when the change was one of several made together. */
  batchId?: string;
  prevHash: string;
  hash: string;
};

type ActorFrame = { type: (typeof ACTOR_TYPES)[number]; id: string; role: string | null };

/** An entry of the trail as it is stored, exported and hashed: personal values are commitments. */
export type SignedEvent = EventFrame & {
  actor: ActorFrame & { identity: Identity | Commitment };
  target: { type: string; id: string; display: string | Commitment };
  before: SignedFields | null;
  after: SignedFields | null;
  origin: EventOrigin | Commitment;
  /** Present when the actor acted for somebody else. */
  onBehalfOf?: { id: string; role: string; identity: Commitment };
};

/** An entry of the trail as people read it: with its personal values, null for each erased one. */
export type AuditEvent = EventFrame & {
  actor: ActorFrame & { email: string | null; name: string | null };
  target: { type: string; id: string; display: string | null };
  before: AuditFields | null;
  after: AuditFields | null;
  ip: string | null;
  userAgent: string | null;
  onBehalfOf?: AuditFields;
};

/** The `prevHash` of the first event. */
export const GENESIS_HASH = "0".repeat(64);

/** SHA-256, hex, over the RFC 8785 canonical JSON of the event without its `hash`. */
export function hashEvent(event: Omit<SignedEvent, "hash">): string {
  const { hash: _, ...unhashed } = event as SignedEvent;
  const json = canonicalize(unhashed);
  if (json === undefined) throw new Error("An audit event has no canonical JSON.");
  return createHash("sha256").update(json).digest("hex");
}
