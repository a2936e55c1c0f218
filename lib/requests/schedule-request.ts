import { toPrismaRunner } from "../db/sql-runner.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { readGateView } from "../flags/read-gate-view.ts";
import { MANY_CHANGES, MANY_TIMEOUT_SECONDS } from "../flags/set-flags.ts";
import { addSchedule } from "../schedules/add-schedule.ts";
import {
  type ApprovalResult,
  toApproved,
  toFailed,
  type WantedApproval,
  writeEnding,
} from "./approval.ts";
import { decideApproval } from "./decide-approval.ts";
import { readApproval } from "./read-approval.ts";

/** Approves a request whose time is to come, and schedules it in the approver's name. */
export async function scheduleRequest({
  approver,
  request: { id: requestId, changes },
  approving,
}: WantedApproval): Promise<ApprovalResult> {
  const isMany = changes.length > MANY_CHANGES;
  return await inAuditedTransaction(
    approver,
    async (tx) => {
      const runner = toPrismaRunner(tx.db);
      const request = await readApproval(runner, { requestId, isLocked: true });
      if (!request) throw new Error("A request that was there is gone.");
      const ids = request.changes.map(({ phoneNumberId }) => phoneNumberId);
      const gate = await readGateView(runner, ids);
      const { version } = approving;
      const decision = decideApproval(request, { approver, version, gate, now: tx.now });
      if ("failure" in decision) {
        await writeEnding(tx, toFailed(tx, request, decision.failure));
        return { state: "failed", failure: decision.failure };
      }
      const { at, localTime, zone } = request;
      if (!at || localTime === null || zone === null) throw new Error("The request has no time.");
      const wanted = { approver, request, approving };
      await writeEnding(tx, toApproved(tx, wanted, { state: "scheduled", batchId: null }));
      await addSchedule(tx, {
        targets: decision.passed,
        time: { at, localTime, zone, lateHours: request.lateHours },
        reason: request.reason,
        ticketUrl: request.ticketUrl,
        request: { id: requestId, requester: request.requester },
      });
      return { state: "scheduled", at: at.toISOString() };
    },
    isMany ? { timeoutSeconds: MANY_TIMEOUT_SECONDS } : {},
  );
}
