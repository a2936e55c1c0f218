import type { ContactBook } from "./contact-book.ts";
import {
  GROUP_AS_SENDER,
  hasMisplacedPhone,
  MISPLACED_PHONE,
  OWN_NUMBER,
  SYSTEM_MESSAGE,
  unreadableId,
  unreadablePhone,
} from "./customer-doubt.ts";
import { readCustomerIds } from "./customer-ids.ts";
import { asId, asText, asTimestamp, type JsonObject } from "./json-value.ts";
import { isSamePhone } from "./phone-spellings.ts";
import { isIdentityNotice, readSystemChange } from "./read-identity-change.ts";
import type { BusinessNumber, Customer, IdentityChange, InboundMessage } from "./webhook-item.ts";

/** Seen in payloads since 2026: the customer opened the chat and has not written yet. */
const CHAT_OPENING = "request_welcome";
/** Written by WhatsApp about a customer. */
const SYSTEM = "system";

/** An item's path, and what its change says about all its items. */
export type ItemContext = { path: string; number: BusinessNumber; contacts: ContactBook };

/**
 * Reads one of `messages`. All types are read alike, also edits, revocations and future ones.
 *
 * @returns the message; for a system message about changed ids, that change; or a sentence that says what is wrong
 */
export function readMessage(
  content: JsonObject,
  context: ItemContext,
): InboundMessage | IdentityChange | string {
  const id = asId(content.id);
  const timestamp = asTimestamp(content.timestamp);
  const type = asText(content.type);
  if (id === null) return "The message has no id.";
  if (timestamp === null) return "The message has no timestamp in seconds.";
  if (type === null) return "The message has no type.";
  const { path, number } = context;
  if (isIdentityNotice(content)) return readSystemChange(content, { path, number, id, timestamp });
  const groupId = asId(content.group_id);
  const customer = readSender(content, { ...context, groupId });
  return {
    kind: "message",
    path,
    number,
    id,
    timestamp,
    type,
    customer,
    groupId,
    isChatOpening: type === CHAT_OPENING,
    isFromCustomer: type !== CHAT_OPENING && type !== SYSTEM,
    content,
  };
}

function readSender(
  content: JsonObject,
  { number, contacts, groupId }: ItemContext & { groupId: string | null },
): Customer {
  const { from, from_user_id: user, from_parent_user_id: parent } = content;
  // A group's id may be only digits, but is nobody's phone.
  const isFromGroup = groupId !== null && asId(from) === groupId;
  const ids = readCustomerIds({ phone: isFromGroup ? null : from, user, parent });
  const customer = contacts.find(ids, groupId);
  if (customer.phone !== null) {
    const own = number.displayPhoneNumber;
    if (own === null || !isSamePhone(customer.phone, own)) return customer;
    return { ...customer, doubt: OWN_NUMBER };
  }
  if (isFromGroup) return { ...customer, doubt: GROUP_AS_SENDER };
  if (ids.isPhoneUnreadable) return { ...customer, doubt: unreadablePhone("from", from) };
  const isOutOfGrammar = customer.bsuid === null && ids.isUserUnreadable;
  if (isOutOfGrammar) return { ...customer, doubt: unreadableId(user) };
  if (customer.doubt === null && hasMisplacedPhone(content))
    return { ...customer, doubt: MISPLACED_PHONE };
  if (content.type === SYSTEM) return { ...customer, doubt: customer.doubt ?? SYSTEM_MESSAGE };
  return customer;
}
