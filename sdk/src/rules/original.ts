import { parseBsuid } from "./bsuid.ts";
import type { Flag } from "./decide-inbound.ts";
import { asObject, type JsonObject } from "./json-value.ts";

const BSUID_KEY = /(?:^|_)user_id$/;
/** What people and the business write, such as a file `CV.pdf`, may look like a BSUID and is none. */
const WRITTEN_BY_PEOPLE: ReadonlySet<string> = new Set([
  "biz_opaque_callback_data",
  "body",
  "button_reply",
  "caption",
  "description",
  "filename",
  "list_reply",
  "name",
  "org",
  "payload",
  "response_json",
  "text",
  "title",
]);

/**
 * Meta's own message or status, for all that Connectly's webhooks have no word for: ids, context, errors,
 * payloads of buttons, names of files. On a number that is off it lacks all BSUIDs, however deep: fields
 * that are named for one, and values that are one; such a number's webhooks have them nowhere.
 */
export function toOriginal(content: JsonObject, flag: Flag): JsonObject {
  if (flag.acceptsBsuid === true) return content;
  return withoutBsuids(content, { isWritten: false });
}

type Place = { isWritten: boolean };

function withoutBsuids(object: JsonObject, { isWritten }: Place): JsonObject {
  const entries = Object.entries(object).flatMap(([key, value]) => {
    const place = { isWritten: isWritten || WRITTEN_BY_PEOPLE.has(key) };
    return BSUID_KEY.test(key) || isBsuid(value, place) ? [] : [[key, clean(value, place)]];
  });
  return Object.fromEntries(entries) as JsonObject;
}

function clean(value: unknown, place: Place): unknown {
  if (Array.isArray(value))
    return value.flatMap((one) => (isBsuid(one, place) ? [] : [clean(one, place)]));
  const object = asObject(value);
  return object ? withoutBsuids(object, place) : value;
}

function isBsuid(value: unknown, { isWritten }: Place): boolean {
  return !isWritten && parseBsuid(value) !== null;
}
