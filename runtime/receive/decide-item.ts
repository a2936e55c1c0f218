import {
  caseOf,
  decideInbound,
  type InboundMessage,
  type MessageStatus,
  parseExactJson,
  toMessageWebhook,
  toStatusWebhook,
} from "#sdk/rules.ts";

import type { Outcome, WebhookOutcome } from "../store/outcome.ts";
import type { Pseudonyms } from "../store/pseudonyms.ts";
import type { SentMessage } from "../store/sent-messages.ts";
import { toAnonymousPayload } from "./anonymous-payload.ts";
import { toStatusKey } from "./status-key.ts";
import { toJson } from "./to-json.ts";

/** Where flags come from: the SDK's client, as far as a decision needs it. */
export type FlagSource = {
  acceptsBsuid(phoneNumberId: string): boolean;
  status(): { cursor: string | null };
};

/**
 * Decides about one message by the flag as it is at this moment. Null: the customer opened a chat, wrote
 * nothing, and has no phone on a number that is off, so that nothing is lost and nothing to be told.
 */
export function decideMessage(
  message: InboundMessage,
  { flags, lanes }: { flags: FlagSource; lanes: string },
): Outcome | null {
  const { phoneNumberId } = message.number;
  const flag = { acceptsBsuid: flags.acceptsBsuid(phoneNumberId) };
  const decision = decideInbound(message.customer, flag);
  const decided = {
    dedupeKey: `m ${phoneNumberId}`,
    at: Date.now(),
    phoneNumberId,
    messageId: message.id,
    case: decision.case,
    isCounted: message.isFromCustomer,
  };
  if (decision.action === "drop") {
    if (message.isChatOpening) return null;
    return { kind: "drop", ...decided, cursor: flags.status().cursor };
  }
  if (decision.action === "refuse") return { kind: "refused", ...decided, why: decision.why };
  const payload = toJson(toMessageWebhook(message, flag));
  if (payload === null) {
    const why = "Its content nests too deeply.";
    return { kind: "refused", ...decided, case: "unreadable", why };
  }
  return {
    kind: "webhook",
    topic: "messages",
    ...decided,
    lanes,
    payload,
    anonymousPayload: null,
  };
}

type StatusContext = {
  acceptsBsuid: boolean;
  sent: SentMessage | null;
  lanes: string;
  pseudonyms: Pseudonyms;
};

/** A status is never dropped: the flag only shapes its customer object, and what is kept of it. */
export function decideStatus(
  status: MessageStatus,
  { acceptsBsuid, sent, lanes, pseudonyms }: StatusContext,
): WebhookOutcome {
  const { phoneNumberId } = status.number;
  const flag = { acceptsBsuid };
  const sentFields = sent ? toKnown(sent) : {};
  const how = { flag, ...sentFields };
  const payload = toJson(toStatusWebhook(status, how));
  return {
    kind: "webhook",
    topic: "delivery_status",
    dedupeKey: `s ${phoneNumberId} ${toStatusKey(status)}`,
    at: Date.now(),
    phoneNumberId,
    messageId: status.id,
    case: caseOf(status.customer),
    isCounted: false,
    lanes,
    // Too deep to be told whole, it is told without what Connectly has no word for.
    payload: payload ?? JSON.stringify(toStatusWebhook({ ...status, content: {} }, how)),
    anonymousPayload: toAnonymousPayload(status, { flag, sent, pseudonyms }),
  };
}

function toKnown({ sendId, callbackData }: SentMessage) {
  if (callbackData === null) return { statusId: sendId };
  return { statusId: sendId, callbackData: parseExactJson(callbackData) };
}
