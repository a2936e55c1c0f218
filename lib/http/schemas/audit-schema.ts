import { z } from "zod";
import type { AuditEvent } from "../../audit/event.ts";
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
    prevHash: hashSchema,
    hash: hashSchema.meta({
      description: "SHA-256 over the RFC 8785 canonical JSON of the event without its hash.",
    }),
  })
  .meta({
    id: "AuditEvent",
    description: "One entry of the audit trail.",
  }) satisfies z.ZodType<AuditEvent>;

/** A page of the trail, newest first. */
export const auditPageSchema = z.strictObject({
  items: z.array(auditEventSchema),
  nextCursor: nextCursorSchema(),
});
