import { appendEvents } from "../audit/append-events.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import { type AuditedTransaction, inAuditedTransaction } from "../db/transaction.ts";
import {
  type ApprovalResult,
  toApproved,
  toFailed,
  type WantedApproval,
  writeEnding,
} from "./approval.ts";
import { decideApproval } from "./decide-approval.ts";
import { type Approval, lockApproval } from "./read-approval.ts";

const NO_NUMBERS = { numbers: new Map(), needingTwoPeople: new Set<string>() };

/** Approves the request to lift an account's two-person rule, and lifts it. */
export async function liftTwoPeople(wanted: WantedApproval): Promise<ApprovalResult> {
  const { approver, approving } = wanted;
  return await inAuditedTransaction(approver, async (tx) => {
    const request = await lockApproval(toPrismaRunner(tx.db), wanted.request.id);
    const view = { approver, version: approving.version, gate: NO_NUMBERS, now: tx.now };
    const decision = decideApproval(request, view);
    const account = await findAccount(tx, request);
    const failure = "failure" in decision ? decision.failure : findProblem(account);
    if (failure !== null || !account) {
      await writeEnding(tx, toFailed(tx, request, failure ?? ""));
      return { state: "failed", failure: failure ?? "" };
    }
    await writeEnding(tx, toApproved(tx, wanted, { request, state: "approved" }));
    await lift(tx, request, account);
    return { state: "approved", batchId: null, changed: 0 };
  });
}

type Account = { id: string; name: string; needsTwoPeople: boolean };

async function findAccount(tx: AuditedTransaction, request: Approval): Promise<Account | null> {
  return await tx.db.account.findUnique({ where: { id: request.liftsTwoPeopleOfId ?? "" } });
}

function findProblem(account: Account | null): string | null {
  return account?.needsTwoPeople ? null : "The account does not need two people any more.";
}

async function lift(tx: AuditedTransaction, request: Approval, account: Account): Promise<void> {
  await tx.db.account.update({ where: { id: account.id }, data: { needsTwoPeople: false } });
  await appendEvents(tx, [
    {
      action: "account.two_people_lifted",
      target: { type: "account", id: account.id, display: account.name },
      before: { needsTwoPeople: true },
      after: { needsTwoPeople: false },
      reason: request.reason,
      ticketUrl: request.ticketUrl,
      onBehalfOf: request.requester,
    },
  ]);
}
