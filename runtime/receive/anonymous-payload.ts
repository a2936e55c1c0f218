import { type Flag, type MessageStatus, toStatusWebhook } from "#sdk/rules.ts";
import type { Pseudonyms } from "../store/pseudonyms.ts";
import type { SentMessage } from "../store/sent-messages.ts";

/**
 * What is kept of a status's webhook after delivery if its customer has no phone and the number is off: their
 * messages are dropped, so nothing that names them may be kept. Null: all of it is kept.
 */
export function toAnonymousPayload(
  status: MessageStatus,
  { flag, sent, pseudonyms }: { flag: Flag; sent: SentMessage | null; pseudonyms: Pseudonyms },
): string | null {
  if (status.customer.phone !== null || flag.acceptsBsuid) return null;
  const { id, error, customer } = status;
  const anonymous: MessageStatus = {
    ...status,
    id: pseudonyms.ofMessage(id),
    customer: { ...customer, bsuid: null, parentBsuid: null, name: null, username: null },
    // Meta's texts may name the customer.
    error: error && { ...error, title: null, details: null },
    content: {},
  };
  return JSON.stringify(
    toStatusWebhook(anonymous, sent ? { flag, statusId: sent.sendId } : { flag }),
  );
}
