import { ContactBook } from "./contact-book.ts";
import { asDigits, asId, asObject, asText, type JsonObject } from "./json-value.ts";
import { readUserIdUpdate } from "./read-identity-change.ts";
import { type ItemPlace, readMessage } from "./read-message.ts";
import { readNumber } from "./read-number.ts";
import { readStatus } from "./read-status.ts";
import type { BusinessNumber, ItemProblem, WebhookItem } from "./webhook-item.ts";

/** What a payload holds, in its order, and what of it could not be read. */
export type WebhookReading = { items: WebhookItem[]; problems: ItemProblem[] };

/** Of what Meta says about an error. */
const MOST_WORDS = 300;
const MOST_CODE_DIGITS = 9;
const NO_NUMBER = { number: null };

/** By Meta's phone_number_id; null for what nobody knows. */
type PhoneOf = (phoneNumberId: string) => string | null;

type ReadItem = (content: JsonObject, place: ItemPlace) => WebhookItem | string;

/** The lists that hold items, by the field of their change. */
const LISTS = new Map<string, readonly { list: string; read: ReadItem }[]>([
  [
    "messages",
    [
      { list: "messages", read: readMessage },
      { list: "statuses", read: readStatus },
    ],
  ],
  ["user_id_update", [{ list: "user_id_update", read: readUserIdUpdate }]],
]);

/**
 * Reads a webhook of Meta's WhatsApp Cloud API, parsed from JSON, into typed items: messages, statuses,
 * identity changes, and the rest by name. Strict about what a decision or a delivery needs, tolerant of
 * all else; what is wrong with one item is told as a problem and harms no other. One payload may be
 * about several numbers and customers. Takes time in proportion to the payload; never throws for JSON.
 *
 * @param phoneOf the phone of a number of yours, `+E.164`, for payloads that do not tell it
 */
export function readWebhook(body: unknown, phoneOf: PhoneOf = () => null): WebhookReading {
  const reading: WebhookReading = { items: [], problems: [] };
  const root = asObject(body);
  if (!root) return withProblem(reading, "", "The payload is no JSON object.", NO_NUMBER);
  if (root.object !== undefined && root.object !== "whatsapp_business_account") {
    return withProblem(
      reading,
      "object",
      "The payload is not about a WhatsApp Business Account.",
      NO_NUMBER,
    );
  }
  if (!Array.isArray(root.entry))
    return withProblem(reading, "entry", "There is no list of entries.", NO_NUMBER);
  for (const [index, value] of root.entry.entries()) {
    const path = `entry[${index}]`;
    const entry = asObject(value);
    if (!entry || !Array.isArray(entry.changes)) {
      withProblem(reading, path, "The entry has no list of changes.", NO_NUMBER);
      continue;
    }
    for (const [place, change] of entry.changes.entries()) {
      readChange(change, { path: `${path}.changes[${place}]`, wabaId: entry.id, phoneOf, reading });
    }
  }
  return reading;
}

function readChange(
  change: unknown,
  to: { path: string; wabaId: unknown; phoneOf: PhoneOf; reading: WebhookReading },
): void {
  const { path, reading } = to;
  const { field: named, value: given } = asObject(change) ?? {};
  const field = asText(named);
  if (field === null) {
    withProblem(reading, path, "The change does not name its field.", {
      number: readNumber(asObject(given)?.metadata, to),
    });
    return;
  }
  const value = asObject(given);
  const number = readNumber(value?.metadata, to);
  const errors = asErrors(value?.errors);
  for (const [index, error] of errors.entries()) {
    const about = { number, code: readCode(error) };
    withProblem(reading, `${path}.value.errors[${index}]`, describeError(error), about);
  }
  const lists = LISTS.get(field) ?? [];
  if (lists.length > 0 && !value) {
    withProblem(reading, `${path}.value`, "The change has no value.", NO_NUMBER);
    return;
  }
  const present = lists.filter(({ list }) => (value?.[list] ?? null) !== null);
  if (!value || present.length === 0) {
    if (errors.length === 0) reading.items.push({ kind: "other", path, number, field });
    return;
  }
  const contacts = new ContactBook(value);
  for (const { list, read } of present) {
    readList(
      { path: `${path}.value.${list}`, contents: value[list], number, contacts, read },
      reading,
    );
  }
}

type List = {
  path: string;
  contents: unknown;
  number: BusinessNumber | null;
  contacts: ContactBook;
  read: ReadItem;
};

function readList(list: List, reading: WebhookReading): void {
  const { number } = list;
  if (!Array.isArray(list.contents)) {
    withProblem(reading, list.path, "This is no list.", { number });
    return;
  }
  for (const [index, value] of list.contents.entries()) {
    const path = `${list.path}[${index}]`;
    const content = asObject(value);
    const item = readItem(content, { ...list, path });
    if (typeof item !== "string") reading.items.push(item);
    else withProblem(reading, path, item, { number, messageId: asId(content?.id) });
  }
}

function readItem(content: JsonObject | null, list: List): WebhookItem | string {
  const { path, number, contacts } = list;
  if (!content) return "This is no object.";
  if (!number) return "Its metadata does not name the number: phone_number_id is not digits.";
  return list.read(content, { path, number, contacts });
}

/** What a change has in place of items when Meta could not make them; seen as a list and alone. */
function asErrors(errors: unknown): JsonObject[] {
  const list: readonly unknown[] = Array.isArray(errors) ? errors : [errors];
  return list.map(asObject).filter((error) => error !== null);
}

function readCode({ code }: JsonObject): number | null {
  const digits = asDigits(code, MOST_CODE_DIGITS);
  return digits === null ? null : Number(digits);
}

/** In Meta's words. */
function describeError(error: JsonObject): string {
  const details = asObject(error.error_data)?.details;
  const said = [error.title, error.message, details].flatMap((text) => asText(text) ?? []);
  const words = [...new Set(said)].join(": ").slice(0, MOST_WORDS);
  return words === "" ? "Meta reports an error and does not say which." : `Meta reports: ${words}`;
}

function withProblem(
  reading: WebhookReading,
  path: string,
  message: string,
  about: { number: BusinessNumber | null; messageId?: string | null; code?: number | null },
): WebhookReading {
  const { messageId = null, code = null } = about;
  const phoneNumberId = about.number?.phoneNumberId ?? null;
  reading.problems.push({ path, messageId, phoneNumberId, message, code });
  return reading;
}
