import { type ConnectlyMessage, toConnectlyMessage } from "./connectly-message.ts";
import {
  type ConnectlyCustomer,
  type ConnectlyParty,
  toBusinessObject,
  toCustomerObject,
} from "./customer-object.ts";
import type { Flag } from "./decide-inbound.ts";
import { toOriginal } from "./original.ts";
import type { InboundMessage } from "./webhook-item.ts";

/** Connectly's webhook of topic `messages`. The topic is not part of it. */
export type MessagesWebhook = {
  sender: ConnectlyCustomer;
  recipient: ConnectlyParty;
  /** Seconds since 1970. */
  timestamp: string;
  message: ConnectlyMessage;
  /** Meta's own message, for what Connectly has no word for. Not one of Connectly's keys. */
  original: Record<string, unknown>;
};

/** What the business gets for a message that was accepted. */
export function toMessageWebhook(message: InboundMessage, flag: Flag): MessagesWebhook {
  const original = toOriginal(message.content, flag);
  return {
    sender: toCustomerObject(message.customer, flag),
    recipient: toBusinessObject(message.number),
    timestamp: message.timestamp,
    message: toConnectlyMessage({ ...message, content: original }),
    original,
  };
}
