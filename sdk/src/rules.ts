export {
  type Bsuid,
  formatBsuid,
  parseBsuid,
  parseTypedBsuid,
} from "./rules/bsuid.ts";
export { type ConnectlyError, toConnectlyError } from "./rules/connectly-error.ts";
export type { ConnectlyAttachment, ConnectlyMessage } from "./rules/connectly-message.ts";
export {
  type ConnectlyBsuidCustomer,
  type ConnectlyCustomer,
  type ConnectlyParty,
  toCustomerObject,
} from "./rules/customer-object.ts";
export { caseOf, decideInbound, type Flag, type InboundDecision } from "./rules/decide-inbound.ts";
export {
  decideSend,
  type MetaRecipient,
  type SendCircumstances,
  type SendDecision,
} from "./rules/decide-send.ts";
export { asWrittenNumber, isWrittenNumber, parseExactJson } from "./rules/exact-json.ts";
export { IdentityBook } from "./rules/identity-book.ts";
export {
  type FindFacts,
  factOfChange,
  factOfCustomer,
  type IdentityFact,
  idsOf,
  mergeFacts,
} from "./rules/identity-fact.ts";
export { asInteger } from "./rules/json-value.ts";
export type { MessageCase } from "./rules/message-case.ts";
export { type MessagesWebhook, toMessageWebhook } from "./rules/message-webhook.ts";
export { parsePhone } from "./rules/parse-phone.ts";
export {
  isSamePhone,
  type PhoneParts,
  phoneSpellings,
  splitPhone,
} from "./rules/phone-spellings.ts";
export {
  type CampaignEntry,
  type CampaignSendReading,
  readCampaignSend,
} from "./rules/read-campaign-send.ts";
export type { SendRecipient } from "./rules/read-recipient.ts";
export { readSessionSend, type SessionSendReading } from "./rules/read-session-send.ts";
export type {
  BodyParameter,
  ButtonParameter,
  HeaderParameter,
  TemplateParameters,
} from "./rules/read-template-parameters.ts";
export { readTemplateSend, type TemplateSendReading } from "./rules/read-template-send.ts";
export { readWebhook, type WebhookReading } from "./rules/read-webhook.ts";
export { hasRepeatedKey } from "./rules/repeated-keys.ts";
export { type Identity, resolveIdentity } from "./rules/resolve-identity.ts";
export { SAMPLE_PAYLOADS, type SamplePayload } from "./rules/sample-payloads.ts";
export type { SendProblem, SendProblemCode, SendRefusal } from "./rules/send-problem.ts";
export { type DeliveryStatusWebhook, toStatusWebhook } from "./rules/status-webhook.ts";
export type {
  BusinessNumber,
  Customer,
  CustomerDoubt,
  IdentityChange,
  InboundMessage,
  ItemProblem,
  MessageStatus,
  OtherEvent,
  WebhookItem,
} from "./rules/webhook-item.ts";
