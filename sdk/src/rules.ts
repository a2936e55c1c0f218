export {
  type Bsuid,
  formatBsuid,
  parseBsuid,
  parseTypedBsuid,
} from "./rules/bsuid.ts";
export type { ConnectlyError } from "./rules/connectly-error.ts";
export type { ConnectlyAttachment, ConnectlyMessage } from "./rules/connectly-message.ts";
export {
  type ConnectlyBsuidCustomer,
  type ConnectlyCustomer,
  type ConnectlyParty,
  toCustomerObject,
} from "./rules/customer-object.ts";
export { decideInbound, type Flag, type InboundDecision } from "./rules/decide-inbound.ts";
export type { MessageCase } from "./rules/message-case.ts";
export { type MessagesWebhook, toMessageWebhook } from "./rules/message-webhook.ts";
export { parsePhone } from "./rules/parse-phone.ts";
export { readWebhook, type WebhookReading } from "./rules/read-webhook.ts";
export { SAMPLE_PAYLOADS, type SamplePayload } from "./rules/sample-payloads.ts";
export { type DeliveryStatusWebhook, toStatusWebhook } from "./rules/status-webhook.ts";
export type {
  BusinessNumber,
  Customer,
  IdentityChange,
  InboundMessage,
  ItemProblem,
  MessageStatus,
  OtherEvent,
  WebhookItem,
} from "./rules/webhook-item.ts";
