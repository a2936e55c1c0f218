import type { ConnectlyError } from "./connectly-error.ts";
import {
  type ConnectlyCustomer,
  type ConnectlyParty,
  toBusinessObject,
  toCustomerObject,
} from "./customer-object.ts";
import type { Flag } from "./decide-inbound.ts";
import { toOriginal } from "./original.ts";
import type { MessageStatus } from "./webhook-item.ts";

/** The body of Connectly's webhook of topic `delivery_status`. */
export type DeliveryStatusWebhook = {
  topic: "delivery_status";
  timestamp: string;
  sender: ConnectlyParty;
  recipient: ConnectlyCustomer;
  statusUpdate: {
    id: string;
    /** `sent`, `delivered`, `read`, `delivery_failed`; `played`, `deleted` and new ones of Meta's unchanged. */
    status: string;
    error: ConnectlyError | null;
  };
  metadata: Record<string, unknown> | null;
  callbackData?: unknown;
  /** Meta's own status, for content that Connectly has no field for. Not one of Connectly's keys. */
  original: Record<string, unknown>;
};

/** The webhook that the business gets for a status, whether its number is on or off. */
export function toStatusWebhook(
  status: MessageStatus,
  how: {
    flag: Flag;
    /** The id that the business got when it sent the message; by default Meta's id. */
    statusId?: string;
    metadata?: Record<string, unknown>;
    /** The callback data that the business gave when it sent the message; left out if there was none. */
    callbackData?: unknown;
  },
): DeliveryStatusWebhook {
  return {
    topic: "delivery_status",
    timestamp: status.timestamp,
    sender: toBusinessObject(status.number),
    recipient: toCustomerObject(status.customer, how.flag),
    statusUpdate: {
      id: how.statusId ?? status.id,
      status: status.status === "failed" ? "delivery_failed" : status.status,
      error: toStatusError(status.error),
    },
    metadata: how.metadata ?? null,
    ...(how.callbackData === undefined ? {} : { callbackData: how.callbackData }),
    original: toOriginal(status.content, how.flag),
  };
}

function toStatusError(error: MessageStatus["error"]): ConnectlyError | null {
  if (!error) return null;
  const { code, title, details } = error;
  const message = title ?? details ?? "The message was not delivered.";
  return {
    message,
    type: "ERROR_TYPE_DELIVERY_FAILED",
    code: code === null ? "ERROR_CODE_DELIVERY_FAILED" : `ERROR_CODE_META_${code}`,
    userTitle: message,
    userMessage: details ?? message,
    cntTraceId: "",
    details: code === null ? {} : { metaCode: code },
  };
}
