import { isNothing, readCustomerIds } from "./customer-ids.ts";
import { asObject, asTimestamp, type JsonObject } from "./json-value.ts";
import { parsePhone } from "./parse-phone.ts";
import type { BusinessNumber, IdentityChange } from "./webhook-item.ts";

const NOTICES = new Set<unknown>([
  "user_changed_number",
  "user_changed_user_id",
  // Before BSUIDs.
  "customer_changed_number",
]);
const NAMES_NOBODY = "The notice names neither a new BSUID nor a new phone.";

/**
 * Whether a system message is a notice of changed ids: by its type, or by a former id in it, whatever its type.
 * Every other system message is a message.
 */
export function isIdentityNotice(content: JsonObject): boolean {
  if (content.type !== "system") return false;
  const {
    type,
    previous_user_id: user,
    previous_parent_user_id: parent,
  } = asObject(content.system) ?? {};
  return NOTICES.has(type) || !isNothing(user) || !isNothing(parent);
}

/**
 * Reads a `system` message about a customer's new ids. `from` is the old phone, `system.wa_id` the new one.
 * `from_user_id` is ignored: it was seen as the old BSUID and as the new one. The human-readable `body` is
 * never parsed: a profile name may say anything.
 *
 * Source: Meta, "System messages webhook reference"; `previous_user_id` and `previous_parent_user_id`
 * since the changelog of 11 August 2026, before that only the new BSUID was named.
 */
export function readSystemChange(
  content: JsonObject,
  place: { path: string; number: BusinessNumber; id: string; timestamp: string },
): IdentityChange | string {
  const system = asObject(content.system) ?? {};
  const { previous_user_id: oldUser, previous_parent_user_id: oldParent } = system;
  const before = readCustomerIds({ phone: content.from, user: oldUser, parent: oldParent });
  // Before version 12 of Meta's API the phone had the second name.
  const { wa_id, new_wa_id, user_id: user, parent_user_id: parent } = system;
  const phone = isNothing(wa_id) ? new_wa_id : wa_id;
  const after = readCustomerIds({ phone, user, parent });
  if (after.bsuid === null && after.phone === null) return NAMES_NOBODY;
  const { path, number, id, timestamp } = place;
  const source = { source: "system", messageId: id } as const;
  return { kind: "identity_change", path, number, ...source, timestamp, ...change(before, after) };
}

/**
 * Reads one of `user_id_update`: previous and current BSUID, with the parents' if enabled. `wa_id`, the
 * customer's phone, is missing if it is withheld.
 *
 * Source: Meta, "Business-scoped user IDs", changelog to 29 June 2026. The changelog of 11 August 2026
 * says that nobody can subscribe to it; it is still read, because it was seen.
 */
export function readUserIdUpdate(
  content: JsonObject,
  place: { path: string; number: BusinessNumber },
): IdentityChange | string {
  const timestamp = asTimestamp(content.timestamp);
  if (timestamp === null) return "The notice has no timestamp in seconds.";
  const user = asObject(content.user_id) ?? {};
  const parent = asObject(content.parent_user_id) ?? {};
  const before = readCustomerIds({ phone: null, user: user.previous, parent: parent.previous });
  const after = readCustomerIds({
    phone: parsePhone(content.wa_id),
    user: user.current,
    parent: parent.current,
  });
  if (after.bsuid === null) return "The notice names no new BSUID.";
  const { path, number } = place;
  const source = { source: "user_id_update", messageId: null } as const;
  return { kind: "identity_change", path, number, ...source, timestamp, ...change(before, after) };
}

type Ids = ReturnType<typeof readCustomerIds>;

function change(before: Ids, after: Ids) {
  return {
    previous: before.bsuid,
    current: after.bsuid,
    previousParent: before.parentBsuid,
    currentParent: after.parentBsuid,
    previousPhone: before.phone,
    currentPhone: after.phone,
  };
}
