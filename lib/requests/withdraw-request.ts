import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize, deny } from "../access/authorize.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { toRequestTarget } from "../flags/pending/open-request.ts";
import type { RequestRecord } from "../flags/pending/request-record.ts";
import { parseInput } from "../parse-input.ts";
import { endSchedulesOf } from "../schedules/end-schedules-of.ts";
import { endRequest } from "./end-request.ts";
import { lockRequest } from "./lock-request.ts";

export const withdrawRequestSchema = z.strictObject({ requestId: z.uuid() });

/**
 * Withdraws a request that waits, for whoever asked for it; also an approved one whose time has not come,
 * with its schedule. Takes `request:create`.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN for somebody else's, CONFLICT when it ended meanwhile
 */
export async function withdrawRequest(
  actor: Actor,
  input: z.input<typeof withdrawRequestSchema>,
): Promise<RequestRecord> {
  authorize(actor, "request:create", { tried: input.requestId });
  const { requestId } = parseInput(withdrawRequestSchema, input);
  return await inAuditedTransaction(actor, async (tx) => {
    const request = await lockRequest(tx, requestId, ["open", "scheduled"]);
    if (request.requestedById !== actor.id) {
      throw deny(actor, {
        why: "not_own_request",
        message: "Only who asked for it can withdraw it. Decline it instead.",
        target: toRequestTarget(request),
      });
    }
    await endSchedulesOf(tx, [requestId], {
      state: "cancelled",
      code: "WITHDRAWN",
      why: "The request was withdrawn.",
    });
    return await endRequest(tx, request, {
      action: "request.withdrawn",
      state: "withdrawn",
    });
  });
}
