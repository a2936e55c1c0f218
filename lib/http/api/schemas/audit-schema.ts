import { z } from "zod";
import { CHANNELS } from "../../../access/actor.ts";
import type { ArchivedPart } from "../../../audit/archive/find-archived-part.ts";
import { ACTOR_TYPES, type AuditEvent, OUTCOMES } from "../../../audit/event.ts";
import type { SignedHead } from "../../../audit/head/signed-head.ts";
import type { SignedEntry } from "../../../audit/private/signed-entry.ts";
import { nextCursorSchema } from "./number-schema.ts";

const fieldsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** An entry of the trail, as the API returns it. */
export const auditEventSchema = z
  .strictObject({
    seq: z.int().min(1),
    id: z.uuidv7(),
    occurredAt: z.iso.datetime(),
    schema: z.literal(1),
    action: z.string().meta({ example: "flag.enabled" }),
    outcome: z.enum(OUTCOMES),
    actor: z.strictObject({
      type: z.enum(ACTOR_TYPES),
      id: z.string(),
      email: z.string().nullable(),
      name: z.string().nullable(),
      role: z.string().nullable(),
    }),
    target: z.strictObject({ type: z.string(), id: z.string(), display: z.string().nullable() }),
    before: fieldsSchema.nullable().meta({ description: "The changed fields as they were." }),
    after: fieldsSchema.nullable().meta({ description: "The changed fields as they became." }),
    reason: z.string().nullable(),
    ticketUrl: z.string().nullable(),
    revision: z.int().nullable().meta({ description: "The flags' revision this change made." }),
    requestId: z.string().meta({ description: "The x-request-id of the request that did it." }),
    channel: z.enum(CHANNELS),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
    onBehalfOf: fieldsSchema.exactOptional(),
    batchId: z.string().meta({ description: "Shared by changes made together." }).exactOptional(),
    prevHash: hashSchema,
    hash: hashSchema.meta({
      description:
        "SHA-256 over the RFC 8785 canonical JSON of the entry's signed form without `hash` and `private`.",
    }),
  })
  .meta({
    id: "AuditEvent",
    description:
      "One entry of the audit trail. A value of a person that was erased is null; so are `ip` and `userAgent` for who is neither auditor nor admin.",
  }) satisfies z.ZodType<AuditEvent>;

const commitmentSchema = z.strictObject({ $private: hashSchema }).meta({
  id: "Commitment",
  description:
    "Stands for a value: SHA-256 over the RFC 8785 canonical JSON of `salt` and `value`.",
});
const signedFieldsSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), commitmentSchema]),
);
const openIdentitySchema = z.strictObject({ email: z.string().nullable(), name: z.string() });
const openOriginSchema = z.strictObject({
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
});
const { actor, target, before, after, ip, userAgent, onBehalfOf, ...frame } =
  auditEventSchema.shape;

/** An entry, as exports contain it. */
export const signedEntrySchema = z
  .strictObject({
    ...frame,
    actor: z.strictObject({
      type: actor.shape.type,
      id: actor.shape.id,
      role: actor.shape.role,
      identity: z.union([commitmentSchema, openIdentitySchema]),
    }),
    target: z.strictObject({
      type: target.shape.type,
      id: target.shape.id,
      display: z.union([z.string(), commitmentSchema]),
    }),
    before: signedFieldsSchema.nullable(),
    after: signedFieldsSchema.nullable(),
    origin: z.union([commitmentSchema, openOriginSchema]),
    onBehalfOf: z
      .strictObject({ id: z.string(), role: z.string(), identity: commitmentSchema })
      .exactOptional(),
    private: z
      .record(
        hashSchema,
        z.strictObject({
          salt: z.string(),
          value: z.union([z.string(), z.record(z.string(), z.string().nullable())]),
        }),
      )
      .meta({
        description: "What the commitments stand for, but what was erased or is not for you.",
      }),
  })
  .meta({
    id: "SignedAuditEvent",
    description: "One entry of the audit trail as it was hashed, as a line of an export.",
  }) satisfies z.ZodType<SignedEntry>;

const archivedPartSchema = z
  .strictObject({
    throughSeq: z.int().min(1).meta({ description: "The last of them." }),
    until: z.iso.datetime().meta({ description: "When that happened." }),
  })
  .meta({
    id: "ArchivedPart",
    description: "The oldest entries: they left the trail into signed files, and no list has them.",
  }) satisfies z.ZodType<ArchivedPart>;

/** A page of the trail, newest first. */
export const auditPageSchema = z.strictObject({
  items: z.array(auditEventSchema),
  nextCursor: nextCursorSchema(),
  archived: archivedPartSchema.nullable().meta({
    description: "Older entries that may be missing here; null when there are none.",
  }),
});

/** A signed head of the trail. */
export const signedHeadSchema = z
  .strictObject({
    origin: z.uuid().meta({
      description: "Which trail: made with the database, and anew when a restore was acknowledged.",
    }),
    seq: z.int().min(0).meta({ description: "The last entry; 0 while there is none." }),
    hash: hashSchema.meta({ description: "The hash of that entry." }),
    signedAt: z.iso.datetime(),
    previous: hashSchema.meta({
      description:
        "SHA-256 of the RFC 8785 canonical JSON of the head signed before, with its signature; 64 zeros for the first of its origin.",
    }),
    signature: z.base64().meta({
      description: "Ed25519 over the RFC 8785 canonical JSON of the other six fields.",
    }),
    keyId: z.string().meta({ description: "Which of the keys signed." }),
  })
  .meta({ id: "SignedHead" }) satisfies z.ZodType<SignedHead>;

/** The keys that heads are verified with. */
export const publicKeysSchema = z.strictObject({
  keys: z.array(
    z.strictObject({
      keyId: z.string().meta({
        description: "The first 16 hex digits of the SHA-256 of the key's SPKI DER.",
        example: "9f86d081884c7d65",
      }),
      publicKey: z.base64().meta({ description: "Ed25519, SPKI DER in base64, as inside a PEM." }),
      isActive: z.boolean().meta({ description: "Whether it signs today." }),
    }),
  ),
});
