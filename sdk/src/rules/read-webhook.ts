import { ContactBook } from "./contact-book.ts";
import { asId, asObject, asText, type JsonObject } from "./json-value.ts";
import { readUserIdUpdate } from "./read-identity-change.ts";
import { type ItemContext, readMessage } from "./read-message.ts";
import { readMetaErrors } from "./read-meta-errors.ts";
import { readNumber } from "./read-number.ts";
import { readStatus } from "./read-status.ts";
import type { BusinessNumber, ItemProblem, WebhookItem } from "./webhook-item.ts";

/** A payload's items in its order, and what could not be read. */
export type WebhookReading = { items: WebhookItem[]; problems: ItemProblem[] };

const NO_NUMBER = { number: null };

/** The phone of a number by Meta's phone_number_id; null if unknown. */
type PhoneOf = (phoneNumberId: string) => string | null;

type ReadItem = (content: JsonObject, context: ItemContext) => WebhookItem | string;

/** The fields of a change besides its items. */
const AROUND_ITEMS = new Set(["messaging_product", "metadata", "contacts", "errors"]);
/** A field whose `statuses` are those of calls. */
const CALLS = "calls";

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
 * identity changes, and other events by name. Strict about what a decision or delivery needs, tolerant of
 * everything else; a faulty item is a problem and does not affect others. One payload may be about several
 * numbers and customers. Takes linear time; never throws for JSON.
 *
 * @param phoneOf returns the phone of a number of yours, `+E.164`, for payloads without it
 */
export function readWebhook(body: unknown, phoneOf: PhoneOf = () => null): WebhookReading {
  const reading: WebhookReading = { items: [], problems: [] };
  const root = asObject(body);
  if (!root) return withProblem(reading, "", "The payload is no JSON object.", NO_NUMBER);
  withErrors(reading, root, { path: "", number: null });
  if (root.object !== undefined && root.object !== "whatsapp_business_account") {
    return withProblem(
      reading,
      "object",
      "The payload is not about a WhatsApp Business Account.",
      NO_NUMBER,
    );
  }
  const entries = listMembers(root.entry, "entry");
  if (!entries) return withProblem(reading, "entry", "There is no list of entries.", NO_NUMBER);
  for (const { value, path } of entries) {
    const entry = asObject(value);
    if (entry) withErrors(reading, entry, { path, number: null });
    const changes = listMembers(entry?.changes, `${path}.changes`);
    if (!changes) withProblem(reading, path, "The entry has no list of changes.", NO_NUMBER);
    for (const { value: change, path: at } of changes ?? [])
      readChange(change, { path: at, wabaId: entry?.id, phoneOf, reading });
  }
  return reading;
}

/** A list's members with their paths; a single object counts as a list of one. Null for anything else. */
function listMembers(list: unknown, path: string): { value: unknown; path: string }[] | null {
  if (Array.isArray(list))
    return list.map((value: unknown, index) => ({ value, path: `${path}[${index}]` }));
  return asObject(list) ? [{ value: list, path }] : null;
}

function readChange(
  change: unknown,
  to: { path: string; wabaId: unknown; phoneOf: PhoneOf; reading: WebhookReading },
): void {
  const { path, reading } = to;
  const named = asObject(change) ?? {};
  const field = asText(named.field);
  const value = asObject(named.value);
  const number = readNumber(value?.metadata, to);
  const errors =
    withErrors(reading, named, { path, number }) +
    withErrors(reading, value ?? {}, { path: `${path}.value`, number });
  if (field === null) {
    withProblem(reading, path, "The change does not name its field.", { number });
    return;
  }
  const lists = LISTS.get(field);
  if (!lists) {
    withLostItems(reading, value ?? {}, { path: `${path}.value`, number, field });
    if (errors === 0) reading.items.push({ kind: "other", path, number, field });
    return;
  }
  if (!value) {
    withProblem(reading, `${path}.value`, "The change has no value.", NO_NUMBER);
    return;
  }
  const present = lists.filter(({ list }) => (value[list] ?? null) !== null);
  if (present.length === 0 && errors === 0) {
    const names = lists.map(({ list }) => list).join(" or ");
    withProblem(reading, `${path}.value`, `The change has no ${names}.`, { number });
  }
  if (present.length > 0) {
    for (const list of listUnread(value, present))
      reading.items.push({
        kind: "other",
        path: `${path}.value.${list}`,
        number,
        field: `${field}.${list}`,
      });
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
  const members = listMembers(list.contents, list.path);
  if (!members) withProblem(reading, list.path, "This is no list.", { number: list.number });
  for (const { value, path } of members ?? []) addItem(asObject(value), { ...list, path }, reading);
}

function addItem(content: JsonObject | null, list: List, reading: WebhookReading): void {
  const { path, number } = list;
  const item = readItem(content, list);
  if (typeof item !== "string") reading.items.push(item);
  else withProblem(reading, path, item, { number, messageId: asId(content?.id) });
}

function readItem(content: JsonObject | null, list: List): WebhookItem | string {
  const { path, number, contacts } = list;
  if (!content) return "This is no object.";
  if (!number) return "Its metadata does not name the number: phone_number_id is not digits.";
  return list.read(content, { path, number, contacts });
}

type Place = { path: string; number: BusinessNumber | null };

/** Adds the errors that Meta reports in place of items; returns how many. */
function withErrors(reading: WebhookReading, holder: JsonObject, { path, number }: Place): number {
  const errors = readMetaErrors(holder);
  for (const { at, message, code } of errors) {
    withProblem(reading, path === "" ? at : `${path}.${at}`, message, { number, code });
  }
  return errors.length;
}

/** The names of lists that are not read, such as one that Meta adds. */
function listUnread(value: JsonObject, present: readonly { list: string }[]): string[] {
  const read = new Set(present.map(({ list }) => list));
  return Object.keys(value).filter((key) => {
    const content = value[key];
    return Array.isArray(content) && content.length > 0 && !AROUND_ITEMS.has(key) && !read.has(key);
  });
}

/** Adds a problem for each message and status under an unknown field, such as `Messages`, so that none is lost. */
function withLostItems(
  reading: WebhookReading,
  value: JsonObject,
  { path, number, field }: Place & { field: string },
) {
  for (const name of field === CALLS ? ["messages"] : ["messages", "statuses"]) {
    const content = value[name];
    const list: readonly unknown[] = Array.isArray(content) ? content : [content];
    const why = `The change has ${name} under another field than "messages", where they are not read.`;
    for (const [index, item] of list.entries()) {
      if ((item ?? null) === null) continue;
      const messageId = asId(asObject(item)?.id);
      withProblem(reading, `${path}.${name}[${index}]`, why, { number, messageId });
    }
  }
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
