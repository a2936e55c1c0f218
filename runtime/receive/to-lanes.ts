import { type InboundMessage, type MessageStatus, phoneSpellings } from "#sdk/rules.ts";
import { tokenOfWamid } from "../store/wamid-token.ts";

/**
 * The lanes of a webhook, one a line: its number with each of its customer's `ids`; all spellings of a phone
 * give one lane. Webhooks that share a lane keep their order, so that an id too many costs a moment, and
 * one too few might swap two webhooks of one customer.
 */
export function toLanes(item: InboundMessage | MessageStatus, ids: readonly string[]): string {
  const { number, id } = item;
  const names = ids.map((one) => (one.startsWith("+") ? phoneSpellings(one)[0] : one));
  const lanes = hasMessageLane(item, ids) ? [...names, `m ${tokenOfWamid(id) ?? id}`] : names;
  const withNumber = lanes.map((lane) => `${number.phoneNumberId} ${lane.replaceAll("\n", " ")}`);
  return [...new Set(withNumber)].join("\n");
}

/**
 * Whether the message itself is a lane, too: when no id is known, and for a status, since the message's other
 * statuses may name another id of its customer. Not in a group, where each is about another participant.
 */
function hasMessageLane(item: InboundMessage | MessageStatus, ids: readonly string[]): boolean {
  return ids.length === 0 || (item.kind === "status" && item.groupId === null);
}
