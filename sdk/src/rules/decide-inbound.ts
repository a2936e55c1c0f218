import type { MessageCase } from "./message-case.ts";
import type { Customer } from "./webhook-item.ts";

/** Whether the number accepts customers without a phone: an explicit boolean. */
export type Flag = { acceptsBsuid: boolean };

export type InboundDecision = {
  case: MessageCase;
  /** `drop`: silently, as the flag demands, and counted. `refuse`: it could not be attributed; counted apart. */
  action: "accept" | "drop" | "refuse";
  /** One plain sentence, for people. */
  why: string;
};

/**
 * What becomes of one message, by what its sender has. Ask for each message of a payload, never once
 * for all of them; statuses and identity changes are not asked about, they always pass.
 */
export function decideInbound(customer: Customer, flag: Flag): InboundDecision {
  const messageCase = toCase(customer);
  switch (messageCase) {
    case "phone_and_bsuid":
      return accept(messageCase, "The sender has a phone and a BSUID: every number takes those.");
    case "legacy":
      return accept(messageCase, "The sender has a phone: every number takes those.");
    case "unidentified":
      return {
        case: messageCase,
        action: "refuse",
        why: "The sender has neither a valid phone nor a valid BSUID, so nobody could be answered.",
      };
    case "phone_less":
      // Strictly: a truthy text such as "false" must not switch a number on.
      return flag.acceptsBsuid === true
        ? accept(messageCase, "The sender has a BSUID and no phone, and this number accepts those.")
        : {
            case: messageCase,
            action: "drop",
            why: "The sender has a BSUID and no phone, and this number is phone-only.",
          };
  }
}

function toCase({ phone, bsuid }: Customer): MessageCase {
  if (phone) return bsuid ? "phone_and_bsuid" : "legacy";
  return bsuid ? "phone_less" : "unidentified";
}

function accept(messageCase: MessageCase, why: string): InboundDecision {
  return { case: messageCase, action: "accept", why };
}
