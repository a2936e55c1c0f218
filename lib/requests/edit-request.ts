import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize, can, deny } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import { reasonSchema, ticketUrlSchema } from "../audit/reason.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { toRequestTarget } from "../flags/pending/open-request.ts";
import {
  REQUEST_RECORD_INCLUDE,
  type RequestRecord,
  toRequestRecord,
} from "../flags/pending/request-record.ts";
import { parseInput } from "../parse-input.ts";
import { lockRequest } from "./lock-request.ts";
import { requireDecider } from "./require-decider.ts";
import { requireVersion } from "./require-version.ts";

export const editRequestSchema = z.strictObject({
  requestId: z.uuid(),
  /** The version that was on screen, so that nobody's words are overwritten unseen. */
  version: z.int().min(1),
  reason: reasonSchema,
  ticketUrl: ticketUrlSchema.nullable(),
});

/**
 * Changes what an open request says, never what it asks for: that is a new request. Raises its version, so
 * that it is approved as it reads now, and not by who edited it. For whoever asked for it, and for those who
 * decide. Takes `request:create`. Without a difference nothing is written.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT when it ended meanwhile
 * @throws StaleRequest when it was edited meanwhile
 */
export async function editRequest(
  actor: Actor,
  input: z.input<typeof editRequestSchema>,
): Promise<RequestRecord> {
  authorize(actor, "request:create", { tried: input.requestId });
  const { requestId, version, ...wanted } = parseInput(editRequestSchema, input);
  return await inAuditedTransaction(actor, async (tx) => {
    const request = await lockRequest(tx, requestId, ["open"]);
    if (request.requestedById !== actor.id && !can(actor, "request:decide")) {
      throw deny(actor, {
        why: "not_own_request",
        message: "Only who asked for it, or who may decide on it, can edit it.",
        target: toRequestTarget(request),
      });
    }
    if (request.requestedById !== actor.id) requireDecider(actor, request);
    requireVersion(request, version);
    const { reason, ticketUrl } = request;
    if (reason === wanted.reason && ticketUrl === wanted.ticketUrl) return toRequestRecord(request);
    const editedById = actor.type === "person" ? actor.id : null;
    const row = await tx.db.changeRequest.update({
      where: { id: requestId },
      data: { ...wanted, version: version + 1, editedById },
      include: REQUEST_RECORD_INCLUDE,
    });
    await appendEvents(tx, [
      {
        action: "request.edited",
        target: toRequestTarget(request),
        before: { version, reason, ticketUrl },
        after: { version: version + 1, ...wanted },
        ...wanted,
      },
    ]);
    return toRequestRecord(row);
  });
}
