import { toPrismaRunner } from "../db/sql-runner.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { toLimits } from "../flags/change-limits.ts";
import { readGateView } from "../flags/read-gate-view.ts";
import { addSchedule } from "../schedules/add-schedule.ts";
import {
  type ApprovalResult,
  toApproved,
  toFailed,
  type WantedApproval,
  writeEnding,
} from "./approval.ts";
import { decideApproval } from "./decide-approval.ts";
import { lockApproval } from "./read-approval.ts";

/** Approves a request whose time is to come, and schedules it in the approver's name. */
export async function scheduleRequest(wanted: WantedApproval): Promise<ApprovalResult> {
  const { approver, approving } = wanted;
  const { id: requestId, phoneNumberIds, requester } = wanted.request;
  return await inAuditedTransaction(
    approver,
    async (tx) => {
      const runner = toPrismaRunner(tx.db);
      const request = await lockApproval(runner, requestId);
      const gate = await readGateView(runner, phoneNumberIds);
      const { version } = approving;
      const decision = decideApproval(request, { approver, version, gate, now: tx.now });
      if ("failure" in decision) {
        await writeEnding(tx, toFailed(tx, request, decision.failure));
        return { state: "failed", failure: decision.failure };
      }
      const { at, localTime, zone } = request;
      if (!at || localTime === null || zone === null) throw new Error("The request has no time.");
      await writeEnding(tx, toApproved(tx, wanted, { request, state: "scheduled" }));
      await addSchedule(tx, {
        targets: decision.passed,
        time: { at, localTime, zone, lateHours: request.lateHours },
        reason: request.reason,
        ticketUrl: request.ticketUrl,
        request: { id: requestId, requester },
      });
      return { state: "scheduled", at: at.toISOString() };
    },
    toLimits(phoneNumberIds.length),
  );
}
