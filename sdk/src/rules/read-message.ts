import type { ContactBook } from "./contact-book.ts";
import { readCustomerIds } from "./customer-ids.ts";
import { asText, asTimestamp, type JsonObject } from "./json-value.ts";
import { isIdentityNotice, readSystemChange } from "./read-identity-change.ts";
import type { BusinessNumber, IdentityChange, InboundMessage } from "./webhook-item.ts";

/** Where an item stands, and what its change says about all of them. */
export type ItemPlace = { path: string; number: BusinessNumber; contacts: ContactBook };

/**
 * One of `messages`. Every type is read alike, also edits, revocations and those to come.
 *
 * @returns the message; for a system message about changed ids, that change; a sentence for what is wrong
 */
export function readMessage(
  content: JsonObject,
  place: ItemPlace,
): InboundMessage | IdentityChange | string {
  const id = asText(content.id);
  const timestamp = asTimestamp(content.timestamp);
  const type = asText(content.type);
  if (id === null) return "The message has no id.";
  if (timestamp === null) return "The message has no timestamp in seconds.";
  if (type === null) return "The message has no type.";
  const { path, number, contacts } = place;
  if (isIdentityNotice(content)) return readSystemChange(content, { path, number, id, timestamp });
  const { from: phone, from_user_id: user, from_parent_user_id: parent } = content;
  const customer = contacts.find(readCustomerIds({ phone, user, parent }));
  const groupId = asText(content.group_id);
  return { kind: "message", path, number, id, timestamp, type, customer, groupId, content };
}
