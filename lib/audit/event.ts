import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Channel } from "../access/actor.ts";

/** What can happen, as stable dotted verbs. A new one gets its words in components/history/event-icons.ts. */
export const AUDIT_ACTIONS = [
  "flag.enabled",
  "flag.disabled",
  "number.updated",
  "number.retired",
  "roster.imported",
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
  "runtime.dismissed",
  "runtime.released",
  "session.started",
  "session.ended",
  "session.ended_everywhere",
  "access.denied",
  "person.pseudonymised",
  "audit.exported",
  "audit.archived",
  "audit.restored",
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const OUTCOMES = ["success", "denied", "failed"] as const;

export const TARGET_TYPES = [
  "number",
  "request",
  "person",
  "token",
  "roster",
  "audit",
  "session",
] as const;

export type AuditTarget = {
  type: (typeof TARGET_TYPES)[number];
  id: string;
  /** How people knew it at the time. */
  display: string;
};

/** The changed fields only, by name. */
export type AuditFields = { [field: string]: string | number | boolean | null };

/** One entry of the trail, as listed, exported and hashed. */
export type AuditEvent = {
  seq: number;
  /** UUIDv7. */
  id: string;
  /** ISO 8601, UTC, milliseconds. */
  occurredAt: string;
  schema: 1;
  action: string;
  outcome: (typeof OUTCOMES)[number];
  actor: {
    type: "person" | "service" | "system";
    id: string;
    email: string | null;
    name: string;
    role: string | null;
  };
  target: { type: string; id: string; display: string };
  before: AuditFields | null;
  after: AuditFields | null;
  reason: string | null;
  ticketUrl: string | null;
  /** The flag revision this change made, when it changed a flag. */
  revision: number | null;
  requestId: string;
  channel: Channel;
  ip: string | null;
  userAgent: string | null;
  /** Present when the actor acted for somebody else. */
  onBehalfOf?: AuditFields;
  /** Present when the change was one of several made together. */
  batchId?: string;
  /** Present when a person in it became a pseudonym: the entry that attests what it says now. */
  restatedBy?: number;
  prevHash: string;
  hash: string;
};

/** The `prevHash` of the first event. */
export const GENESIS_HASH = "0".repeat(64);

/** SHA-256, hex, over the RFC 8785 canonical JSON of the event without its `hash`. */
export function hashEvent(event: Omit<AuditEvent, "hash">): string {
  const { hash: _, ...unhashed } = event as AuditEvent;
  const json = canonicalize(unhashed);
  if (json === undefined) throw new Error("An audit event has no canonical JSON.");
  return createHash("sha256").update(json).digest("hex");
}
