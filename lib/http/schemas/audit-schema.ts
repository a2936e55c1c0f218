import { z } from "zod";
import type { ArchivedPart } from "../../audit/archive/find-archived-part.ts";
import type { AuditEvent } from "../../audit/event.ts";
import type { SignedHead } from "../../audit/head/signed-head.ts";
import { nextCursorSchema } from "./number-schema.ts";

const fieldsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** An entry of the trail in answers: the very fields that are hashed, and the hash. */
const auditEventSchema = z
  .strictObject({
    seq: z.int().min(1),
    id: z.uuidv7(),
    occurredAt: z.iso.datetime(),
    schema: z.literal(1),
    action: z.string().meta({ example: "flag.enabled" }),
    outcome: z.enum(["success", "denied", "failed"]),
    actor: z.strictObject({
      type: z.enum(["person", "service", "system"]),
      id: z.string(),
      email: z.string().nullable(),
      name: z.string(),
      role: z.string().nullable(),
    }),
    target: z.strictObject({ type: z.string(), id: z.string(), display: z.string() }),
    before: fieldsSchema.nullable().meta({ description: "The changed fields as they were." }),
    after: fieldsSchema.nullable().meta({ description: "The changed fields as they became." }),
    reason: z.string().nullable(),
    ticketUrl: z.string().nullable(),
    revision: z.int().nullable().meta({ description: "The flags' revision this change made." }),
    requestId: z.string().meta({ description: "The x-request-id of the request that did it." }),
    channel: z.enum(["ui", "api", "import", "schedule", "cli"]),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
    onBehalfOf: fieldsSchema.exactOptional(),
    batchId: z.string().meta({ description: "Shared by changes made together." }).exactOptional(),
    restatedBy: z
      .int()
      .meta({
        description:
          "When a person in it became a pseudonym: the entry that attests its present content. `hash` is of the original.",
      })
      .exactOptional(),
    prevHash: hashSchema,
    hash: hashSchema.meta({
      description: "SHA-256 over the RFC 8785 canonical JSON of the event without its hash.",
    }),
  })
  .meta({
    id: "AuditEvent",
    description: "One entry of the audit trail.",
  }) satisfies z.ZodType<AuditEvent>;

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

/** The keys that heads are checked with. */
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
