import type { Flag } from "./decide-inbound.ts";
import { asObject, type JsonObject } from "./json-value.ts";

const BSUID_KEY = /(?:^|_)user_id$/;

/**
 * Meta's own message or status, for all that Connectly's webhooks have no word for: ids, context, errors,
 * payloads of buttons, names of files. On a number that is off it lacks the BSUIDs of the customer and of
 * whom they quote, which such a number's webhooks have nowhere.
 */
export function toOriginal(content: JsonObject, flag: Flag): JsonObject {
  if (flag.acceptsBsuid === true) return content;
  const original = withoutBsuids(content);
  const context = asObject(content.context);
  return context ? { ...original, context: withoutBsuids(context) } : original;
}

function withoutBsuids(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !BSUID_KEY.test(key)));
}
