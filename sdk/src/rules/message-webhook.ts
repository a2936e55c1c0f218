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

/** The body of Connectly's webhook of topic `messages`, without the topic. */
export type MessagesWebhook = {
  sender: ConnectlyCustomer;
  recipient: ConnectlyParty;
  /** Seconds since 1970. */
  timestamp: string;
  message: ConnectlyMessage;
  /** Meta's own message, for content that Connectly has no field for. Not one of Connectly's keys. */
  original: Record<string, unknown>;
};

/** The webhook that the business gets for an accepted message. */
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
