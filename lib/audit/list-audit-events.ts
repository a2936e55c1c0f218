import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { limitSchema } from "../page-cursor.ts";
import { parseInput } from "../parse-input.ts";
import { type AuditPage, auditCursorSchema, readAuditPage } from "./read-audit-page.ts";

const wordSchema = z.string().min(1).max(320);
const timeSchema = z.iso
  .datetime({ offset: true, error: "must be a time such as 2026-11-22T10:00:00Z." })
  .transform((value) => new Date(value))
  // PostgreSQL's calendar has no year 0, which JavaScript's has.
  .refine((time) => time.getUTCFullYear() > 0, "must be a time after the year 0.");

export const listAuditEventsSchema = z.object({
  actorId: wordSchema.optional(),
  action: wordSchema.optional().meta({ example: "flag.enabled" }),
  targetType: wordSchema.optional(),
  targetId: wordSchema.optional(),
  channel: z.enum(["ui", "api", "import", "schedule", "cli"]).optional(),
  outcome: z.enum(["success", "denied", "failed"]).optional(),
  from: timeSchema.optional().meta({ description: "The earliest time, inclusive." }),
  to: timeSchema.optional().meta({ description: "The time before which events happened." }),
  limit: limitSchema,
  cursor: auditCursorSchema.optional(),
});

export type ListAuditEventsInput = z.input<typeof listAuditEventsSchema>;

/**
 * One page of the trail, newest first, stable while events are added. Takes `audit:read`.
 *
 * @throws AppError INVALID_INPUT for a filter that is not one
 */
export async function listAuditEvents(
  actor: Actor,
  input: ListAuditEventsInput,
): Promise<AuditPage> {
  authorize(actor, "audit:read");
  const { limit, cursor, from, to, ...exact } = parseInput(listAuditEventsSchema, input);
  const time = { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) };
  const equal = Object.entries(exact).filter(([, value]) => value !== undefined);
  const where = { AND: [{ occurredAt: time }, Object.fromEntries(equal)] };
  return await readAuditPage(where, { limit, cursor });
}
