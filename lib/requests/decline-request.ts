import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { reasonSchema } from "../audit/reason.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import type { RequestRecord } from "../flags/pending/request-record.ts";
import { parseInput } from "../parse-input.ts";
import { endRequest } from "./end-request.ts";
import { lockRequest } from "./lock-request.ts";
import { requireDecider } from "./require-decider.ts";

export const declineRequestSchema = z.strictObject({ requestId: z.uuid(), reason: reasonSchema });

/**
 * Declines an open request, with words for whoever asked. Not one's own: that one withdraws. Takes
 * `request:decide`.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT when it ended meanwhile
 */
export async function declineRequest(
  actor: Actor,
  input: z.input<typeof declineRequestSchema>,
): Promise<RequestRecord> {
  authorize(actor, "request:decide", { tried: input.requestId });
  const { requestId, reason } = parseInput(declineRequestSchema, input);
  return await inAuditedTransaction(actor, async (tx) => {
    const request = await lockRequest(tx, requestId, ["open"]);
    requireDecider(actor, request);
    const decidedById = actor.type === "person" ? actor.id : null;
    const data = { decidedById, decidedAt: tx.now, decision: reason };
    return await endRequest(tx, request, {
      action: "request.declined",
      state: "declined",
      data,
      reason,
    });
  });
}
