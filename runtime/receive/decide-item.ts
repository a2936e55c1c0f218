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

/** The source of flags: the part of the SDK's client that a decision needs. */
export type FlagSource = {
  acceptsBsuid(phoneNumberId: string): boolean;
  status(): { cursor: string | null };
};

/**
 * Decides about one message by the flag at this moment. Null: a customer without a phone opened a chat with a
 * number that is off, and wrote nothing, so that there is nothing to lose or to deliver.
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

/** Makes the outcome of a status. It is never dropped: the flag only shapes its customer object and what is kept. */
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
    // A status that nests too deeply is delivered without `original`.
    payload: payload ?? JSON.stringify(toStatusWebhook({ ...status, content: {} }, how)),
    anonymousPayload: toAnonymousPayload(status, { flag, sent, pseudonyms }),
  };
}

function toKnown({ sendId, callbackData }: SentMessage) {
  if (callbackData === null) return { statusId: sendId };
  return { statusId: sendId, callbackData: parseExactJson(callbackData) };
}
