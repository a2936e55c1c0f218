import type { AuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import type { NumberRecord } from "../numbers/number-record.ts";
import { changeFlags, type Why } from "./change-flags.ts";
import type { GateDecision } from "./gate.ts";
import { openRequest } from "./pending/open-request.ts";
import type { RequestWithWishes } from "./pending/request-record.ts";

/**
 * What happens where an account needs two people: all of the changes become one request, they are refused, or
 * what may be changed is, and the rest becomes one request.
 */
export type TwoPeople = "request" | "refuse" | "split";

export type ChangedOrRequested = {
  /** The numbers after the change. */
  changed: NumberRecord[];
  /** Those that change once somebody else approves, as they are now. */
  needApproval: NumberRecord[];
  /** What was opened for those; null when there are none. */
  request: RequestWithWishes | null;
};

/** Makes the changes that passed the gate, and opens one request for what takes two people: both, or neither. */
export async function changeOrRequest(
  tx: AuditedTransaction,
  decision: Pick<GateDecision, "passed" | "needApproval">,
  { twoPeople, ...why }: Why & { twoPeople: TwoPeople },
): Promise<ChangedOrRequested> {
  const { passed, needApproval } = divide(decision, twoPeople);
  const changed = passed.length > 0 ? await changeFlags(tx, passed, why) : [];
  const { reason, ticketUrl } = why;
  const request =
    needApproval.length > 0
      ? await openRequest(tx, { targets: needApproval, reason, ticketUrl })
      : null;
  return { changed, needApproval: needApproval.map(({ number }) => number), request };
}

/**
 * Divides changes into those that are made now and those that are requested.
 *
 * @throws AppError CONFLICT where two people are needed and `twoPeople` is `refuse`
 */
export function divide(
  { passed, needApproval }: Pick<GateDecision, "passed" | "needApproval">,
  twoPeople: TwoPeople,
): Pick<GateDecision, "passed" | "needApproval"> {
  const [first] = needApproval;
  if (!first || twoPeople === "split") return { passed, needApproval };
  if (twoPeople === "request") return { passed: [], needApproval: [...passed, ...needApproval] };
  throw new AppError(
    "CONFLICT",
    `Nothing was changed: ${first.number.account.name} needs two people for a change. Ask for it, and let somebody else approve.`,
  );
}
