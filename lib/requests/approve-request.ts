import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { requireBrowserSession } from "../access/require-browser-session.ts";
import { reasonSchema } from "../audit/reason.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import { AppError } from "../errors.ts";
import { refreshRunningFeed } from "../flags/flag-feed.ts";
import { parseInput } from "../parse-input.ts";
import { applyRequest } from "./apply-request.ts";
import type { ApprovalResult } from "./approval.ts";
import { liftTwoPeople } from "./lift-two-people.ts";
import { EndedRequest } from "./lock-request.ts";
import { type Asked, readAsked } from "./read-approval.ts";
import { scheduleRequest } from "./schedule-request.ts";

export const approveRequestSchema = z.strictObject({
  requestId: z.uuid(),
  /** The version that was on screen: what was edited since has to be read first. */
  version: z.int().min(1),
  /** Words for whoever asked. */
  decision: reasonSchema.optional(),
});

/**
 * Approves an open request: it is carried out in the same transaction, or scheduled when its time is to come.
 * For a person who is signed in and neither asked for it nor edited it last, admins included. Takes
 * `request:decide`.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND, or CONFLICT when it was decided meanwhile, ran out of time, or failed
 *   because whoever asked may not ask for it any more
 * @throws StaleRequest when it was edited since it was shown
 */
export async function approveRequest(
  actor: Actor,
  input: z.input<typeof approveRequestSchema>,
): Promise<Exclude<ApprovalResult, { state: "failed" }>> {
  authorize(actor, "request:decide", { tried: input.requestId });
  const approver = requireBrowserSession(actor, "Approving");
  const approving = parseInput(approveRequestSchema, input);
  const { requestId } = approving;
  // All else is read once the ledger is held.
  const request = await readAsked(toPrismaRunner(db()), requestId);
  if (!request) throw new AppError("NOT_FOUND", "There is no such request.");
  const result = await chooseWay(request)({ approver, request, approving });
  if (result.state === "failed") throw new EndedRequest(`It failed. ${result.failure}`);
  if (result.state === "approved" && result.changed > 0) await refreshRunningFeed();
  return result;
}

function chooseWay({ liftsTwoPeopleOfId, at }: Asked) {
  if (liftsTwoPeopleOfId) return liftTwoPeople;
  return at && at > databaseNow() ? scheduleRequest : applyRequest;
}
