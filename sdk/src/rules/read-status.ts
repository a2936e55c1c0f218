import { readCustomerIds } from "./customer-ids.ts";
import { asObject, asText, asTimestamp, type JsonObject } from "./json-value.ts";
import type { ItemPlace } from "./read-message.ts";
import type { MessageStatus } from "./webhook-item.ts";

/**
 * One of `statuses`. A `failed` one of a message to a phone carries no BSUID and no contacts; one of a
 * group names the group in `recipient_id` and the participant apart.
 *
 * @returns the status, or a sentence for what is wrong
 */
export function readStatus(content: JsonObject, place: ItemPlace): MessageStatus | string {
  const id = asText(content.id);
  const timestamp = asTimestamp(content.timestamp);
  const status = asText(content.status);
  if (id === null) return "The status has no message id.";
  if (timestamp === null) return "The status has no timestamp in seconds.";
  if (status === null) return "The status does not say which one it is.";
  const { path, number, contacts } = place;
  const isGroup = isOfGroup(content);
  const ids = readCustomerIds(isGroup ? participantOf(content) : recipientOf(content));
  const groupId = isGroup ? asText(content.recipient_id) : null;
  const error = readError(content.errors);
  const customer = contacts.find(ids);
  return { kind: "status", path, number, id, timestamp, status, customer, groupId, error };
}

function isOfGroup(content: JsonObject): boolean {
  return (
    content.recipient_type === "group" ||
    asText(content.recipient_participant_id) !== null ||
    asText(content.recipient_participant_user_id) !== null
  );
}

function recipientOf(content: JsonObject) {
  return {
    phone: content.recipient_id,
    user: content.recipient_user_id,
    // Meta's documents of 9 April to 5 May 2026 had the second name.
    parent: content.recipient_parent_user_id ?? content.parent_recipient_user_id,
  };
}

function participantOf(content: JsonObject) {
  return {
    phone: content.recipient_participant_id,
    user: content.recipient_participant_user_id,
    parent: content.recipient_participant_parent_user_id,
  };
}

function readError(errors: unknown): MessageStatus["error"] {
  const error = Array.isArray(errors) ? asObject(errors[0]) : null;
  if (!error) return null;
  return {
    code: typeof error.code === "number" ? error.code : null,
    title: asText(error.title),
    details: asText(asObject(error.error_data)?.details),
  };
}
