import { parseBsuid } from "./bsuid.ts";
import type { Flag } from "./decide-inbound.ts";
import { asObject, type JsonObject } from "./json-value.ts";

const BSUID_KEY = /(?:^|_)user_id$/;
/** Fields with text by people or the business, which may look like a BSUID, such as a file `CV.pdf`. */
const WRITTEN_BY_PEOPLE: ReadonlySet<string> = new Set([
  "address",
  "biz_opaque_callback_data",
  "body",
  "button_reply",
  "caption",
  "description",
  "filename",
  "flow_token",
  "headline",
  "list_reply",
  "name",
  "note",
  "options",
  "org",
  "payload",
  "product_retailer_id",
  "question",
  "reference_id",
  "response_json",
  "text",
  "title",
]);

/**
 * Meta's own message or status, for everything that Connectly's webhooks have no field for: ids, context,
 * errors, payloads of buttons, names of files. On a number that is off, all BSUIDs are removed at any depth:
 * fields with such a name, and values that are one. That number's webhooks have them nowhere.
 */
export function toOriginal(content: JsonObject, flag: Flag): JsonObject {
  if (flag.acceptsBsuid === true) return content;
  return withoutBsuids(content);
}

type Place = {
  from: JsonObject | readonly unknown[];
  to: JsonObject | unknown[];
  /** Whether its content was written by people. */
  isWritten: boolean;
};

/** A copy without BSUIDs. Not recursive, so that any depth works. */
function withoutBsuids(content: JsonObject): JsonObject {
  const copy: JsonObject = {};
  const places: Place[] = [{ from: content, to: copy, isWritten: false }];
  for (let place = places.pop(); place; place = places.pop()) {
    const { from, to } = place;
    for (const [key, value] of Object.entries(from)) {
      const isWritten = place.isWritten || WRITTEN_BY_PEOPLE.has(key);
      if (BSUID_KEY.test(key) || (!isWritten && parseBsuid(value) !== null)) continue;
      const inner = Array.isArray(value) ? value : asObject(value);
      const kept = Array.isArray(value) ? [] : {};
      add(to, key, inner ? kept : value);
      if (inner) places.push({ from: inner, to: kept, isWritten });
    }
  }
  return copy;
}

/** Sets a field, also under a key such as `__proto__`, which an assignment would not add. */
function add(to: JsonObject | unknown[], key: string, value: unknown): void {
  if (Array.isArray(to)) to.push(value);
  else
    Object.defineProperty(to, key, { value, enumerable: true, writable: true, configurable: true });
}
