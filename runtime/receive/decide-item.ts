import {
  type Customer,
  decideInbound,
  type InboundMessage,
  type MessageStatus,
  parseExactJson,
  toMessageWebhook,
  toStatusWebhook,
} from "#sdk/rules.ts";
import type { Outcome, WebhookOutcome } from "../store/outcome.ts";
import type { SentMessage } from "../store/sent-messages.ts";

/** Where flags come from: the SDK's client, as far as a decision needs it. */
export type FlagSource = {
  acceptsBsuid(phoneNumberId: string): boolean;
  status(): { cursor: string | null };
};

/** Decides about one message by the flag as it is at this moment. */
export function decideMessage(message: InboundMessage, flags: FlagSource): Outcome {
  const { phoneNumberId } = message.number;
  const flag = { acceptsBsuid: flags.acceptsBsuid(phoneNumberId) };
  const decision = decideInbound(message.customer, flag);
  const decided = {
    dedupeKey: `m ${phoneNumberId}`,
    at: Date.now(),
    phoneNumberId,
    messageId: message.id,
    case: decision.case,
  };
  if (decision.action === "drop") {
    return { kind: "drop", ...decided, cursor: flags.status().cursor };
  }
  if (decision.action === "refuse") return { kind: "refused", ...decided, why: decision.why };
  const payload = toJson(toMessageWebhook(message, flag));
  if (payload === null)
    return { kind: "refused", ...decided, why: "Its content nests too deeply." };
  const lane = toLane(phoneNumberId, message.customer, message.id);
  return { kind: "webhook", topic: "messages", ...decided, lane, payload };
}

/** A status is never dropped: the flag only shapes its customer object. */
export function decideStatus(
  status: MessageStatus,
  { acceptsBsuid, sent }: { acceptsBsuid: boolean; sent: SentMessage | null },
): WebhookOutcome {
  const { phoneNumberId } = status.number;
  const flag = { acceptsBsuid };
  const known = sent ? toKnown(sent) : {};
  const { phone, bsuid } = status.customer;
  return {
    kind: "webhook",
    topic: "delivery_status",
    // In a group each participant has statuses of the same message.
    dedupeKey: `s ${phoneNumberId} ${status.status} ${bsuid ?? phone ?? ""}`,
    at: Date.now(),
    phoneNumberId,
    messageId: status.id,
    case: decideInbound(status.customer, flag).case,
    lane: toLane(phoneNumberId, status.customer, status.id),
    payload: JSON.stringify(toStatusWebhook(status, { flag, ...known })),
  };
}

/** Null for what is nested deeper than the stack: what came with it in one payload must not wait for it. */
function toJson(webhook: object): string | null {
  try {
    return JSON.stringify(webhook);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function toKnown({ sendId, callbackData }: SentMessage) {
  if (callbackData === null) return { statusId: sendId };
  return { statusId: sendId, callbackData: parseExactJson(callbackData) };
}

/** One customer of one number. Who is not identified has a lane of their own message. */
function toLane(phoneNumberId: string, { bsuid, phone }: Customer, messageId: string): string {
  return `${phoneNumberId} ${bsuid ?? phone ?? messageId}`;
}
