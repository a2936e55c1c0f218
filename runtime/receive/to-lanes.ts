import { type InboundMessage, type MessageStatus, phoneSpellings } from "#sdk/rules.ts";
import { tokenOfWamid } from "../store/wamid-token.ts";

/**
 * The lanes of a webhook, one a line: one for each of `ids`, by which its customer is known, with that
 * number; a phone has one spelling. Those that share a lane keep their order, so that an id too many
 * costs a moment, and one too few might swap two webhooks of one customer.
 */
export function toLanes(item: InboundMessage | MessageStatus, ids: readonly string[]): string {
  const { number, id } = item;
  const names = ids.map((one) => (one.startsWith("+") ? phoneSpellings(one)[0] : one));
  const lanes = isOfOneCustomer(item, ids) ? [...names, `m ${tokenOfWamid(id) ?? id}`] : names;
  const withNumber = lanes.map((lane) => `${number.phoneNumberId} ${lane.replaceAll("\n", " ")}`);
  return [...new Set(withNumber)].join("\n");
}

/**
 * Whether all about that message is about one customer: statuses of one message may each name another
 * id, or none; but in a group each is a participant's, and a message stands for itself.
 */
function isOfOneCustomer(item: InboundMessage | MessageStatus, ids: readonly string[]): boolean {
  return ids.length === 0 || (item.kind === "status" && item.groupId === null);
}
