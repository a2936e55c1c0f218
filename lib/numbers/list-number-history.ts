import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { type AuditPage, auditCursorSchema, readAuditPage } from "../audit/read-audit-page.ts";
import { limitSchema } from "../page-cursor.ts";
import { parseInput } from "../parse-input.ts";
import { getNumber } from "./get-number.ts";

export const listNumberHistorySchema = z.object({
  limit: limitSchema,
  cursor: auditCursorSchema.optional(),
});

/**
 * What happened to one number, newest first: its part of the trail. Takes `number:read`, since
 * whoever sees a number may see why it is as it is.
 *
 * @throws AppError NOT_FOUND for an unknown number, INVALID_INPUT for a cursor that is not one
 */
export async function listNumberHistory(
  actor: Actor,
  id: string,
  input: z.input<typeof listNumberHistorySchema>,
): Promise<AuditPage> {
  authorize(actor, "number:read");
  const page = parseInput(listNumberHistorySchema, input);
  const { phoneNumberId } = await getNumber(actor, id);
  const filter = { targetType: "number", targetId: phoneNumberId };
  return await readAuditPage(filter, { limit: page.limit, cursor: page.cursor });
}
