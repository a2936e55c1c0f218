import { readCustomerIds } from "./customer-ids.ts";
import { asId, asInteger, asObject, asText, asTimestamp, type JsonObject } from "./json-value.ts";
import { isSamePhone } from "./phone-spellings.ts";
import type { ItemContext } from "./read-message.ts";
import type { BusinessNumber, Customer, MessageStatus } from "./webhook-item.ts";

/**
 * Reads one of `statuses`. A `failed` one of a message to a phone has no BSUID and often no contacts; one of a
 * group names the group in `recipient_id` and often the participant in other fields.
 *
 * @returns the status, or a sentence that says what is wrong
 */
export function readStatus(content: JsonObject, context: ItemContext): MessageStatus | string {
  const id = asId(content.id);
  const timestamp = asTimestamp(content.timestamp);
  const status = asText(content.status);
  if (id === null) return "The status has no message id.";
  if (timestamp === null) return "The status has no timestamp in seconds.";
  if (status === null) return "The status does not say which one it is.";
  const { path, number, contacts } = context;
  const { groupId, ...fields } = readRecipient(content);
  const customer = withoutOwnNumber(contacts.find(readCustomerIds(fields), groupId), number);
  const error = readError(content.errors);
  return {
    kind: "status",
    path,
    number,
    id,
    timestamp,
    status,
    customer,
    groupId,
    error,
    content,
  };
}

/** Removes the business's own number, which is not a customer's phone. */
function withoutOwnNumber(
  customer: Customer,
  { displayPhoneNumber: own }: BusinessNumber,
): Customer {
  const isOwn = customer.phone !== null && own !== null && isSamePhone(customer.phone, own);
  return isOwn ? { ...customer, phone: null } : customer;
}

type Recipient = Parameters<typeof readCustomerIds>[0] & { groupId: string | null };

/** The recipient of a status: in a group the participant, since a group's id may look like a phone. */
function readRecipient(content: JsonObject): Recipient {
  const recipient = asId(content.recipient_id);
  const participant = participantOf(content);
  const namedGroup = asId(content.group_id);
  const isGroup =
    asText(content.recipient_type)?.toLowerCase() === "group" ||
    Object.keys(participant).length > 0 ||
    (namedGroup !== null && recipient === namedGroup);
  if (isGroup) {
    const { phone, user, parent } = participant;
    return { phone, user, parent, groupId: namedGroup ?? recipient };
  }
  return {
    phone: content.recipient_id,
    user: content.recipient_user_id,
    // Meta's documents of 9 April to 5 May 2026 have the second name.
    parent: asText(content.recipient_parent_user_id) ?? content.parent_recipient_user_id,
    groupId: namedGroup,
  };
}

/**
 * The participant's ids. Meta's pages have `recipient_participant_id`, `…_user_id`, `…_parent_user_id`, and the
 * same with the two words swapped; empty ones are skipped.
 */
function participantOf(content: JsonObject): { phone?: unknown; user?: unknown; parent?: unknown } {
  const participant: ReturnType<typeof participantOf> = {};
  for (const [key, value] of Object.entries(content)) {
    if (!key.includes("participant") || asId(value) === null) continue;
    if (key.includes("parent")) participant.parent ??= value;
    else if (key.endsWith("user_id")) participant.user ??= value;
    else participant.phone ??= value;
  }
  return participant;
}

/** The first error; all of them are in `content`. */
function readError(errors: unknown): MessageStatus["error"] {
  const error = asObject(Array.isArray(errors) ? errors[0] : errors);
  if (!error) return null;
  const code = asInteger(error.code) ?? asText(error.code);
  return {
    code: code !== null && /^[0-9]{1,9}$/.test(code) ? Number(code) : null,
    title: asText(error.title) ?? asText(error.message),
    details: asText(asObject(error.error_data)?.details),
  };
}
