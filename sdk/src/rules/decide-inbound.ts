import type { MessageCase } from "./message-case.ts";
import type { Customer } from "./webhook-item.ts";

/** Whether the number accepts customers without a phone: an explicit boolean. */
export type Flag = { acceptsBsuid: boolean };

export type InboundDecision = {
  case: MessageCase;
  /** `drop`: silently, because of the flag. `refuse`: it could not be attributed. The two are counted separately. */
  action: "accept" | "drop" | "refuse";
  /** One plain sentence, for people. */
  why: string;
};

const NOBODY =
  "The sender has neither a valid phone nor a valid BSUID, so nobody could be answered.";

/**
 * Decides about one message by its sender's ids. Call it for each message of a payload, never once for all;
 * not for statuses and identity changes, which are never dropped. A drop is final, so a sender is only
 * dropped if they certainly have no phone.
 */
export function decideInbound(customer: Customer, flag: Flag): InboundDecision {
  const { phone, bsuid, doubt } = customer;
  if (doubt?.kind === "own_number") return refuse("unidentified", doubt.why);
  if (phone) {
    return bsuid
      ? accept("phone_and_bsuid", "The sender has a phone and a BSUID: every number takes those.")
      : accept("legacy", "The sender has a phone: every number takes those.");
  }
  if (doubt?.kind === "unreadable_phone") return refuse("unreadable", doubt.why);
  if (!bsuid) return refuse("unidentified", doubt?.why ?? NOBODY);
  // Strict: a truthy text such as "false" must not switch a number on.
  if (flag.acceptsBsuid === true) {
    const why = "The sender has a BSUID and no phone, and this number accepts those.";
    return accept("phone_less", why);
  }
  if (doubt) return refuse("unreadable", doubt.why);
  return {
    case: "phone_less",
    action: "drop",
    why: "The sender has a BSUID and no phone, and this number is phone-only.",
  };
}

/** The case by the ids alone, such as for the recipient of a status. */
export function caseOf({ phone, bsuid }: Customer): MessageCase {
  if (phone) return bsuid ? "phone_and_bsuid" : "legacy";
  return bsuid ? "phone_less" : "unidentified";
}

function accept(messageCase: MessageCase, why: string): InboundDecision {
  return { case: messageCase, action: "accept", why };
}

function refuse(messageCase: MessageCase, why: string): InboundDecision {
  return { case: messageCase, action: "refuse", why };
}
