import { expect, test } from "vitest";
import { parseExactJson } from "./exact-json.ts";
import { toMessageWebhook } from "./message-webhook.ts";
import { readWebhook } from "./read-webhook.ts";
import { SAMPLE_PAYLOADS } from "./sample-payloads.ts";
import type { InboundMessage } from "./webhook-item.ts";

const OFF = { acceptsBsuid: false };
const ON = { acceptsBsuid: true };

type Fields = Record<string, unknown>;

function contentOf(fields: Fields): unknown {
  return toMessageWebhook(messageOf(fields), OFF).message;
}

function messageOf(fields: Fields): InboundMessage {
  const message = { id: "wamid.1", timestamp: "1790000000", from: "15550100123", ...fields };
  const value = { metadata: { phone_number_id: "300000000000001" }, messages: [message] };
  const { items } = readWebhook({ entry: [{ changes: [{ field: "messages", value }] }] });
  return items[0] as InboundMessage;
}

test("the webhook of a message: on, off, and without a topic", () => {
  const sample = SAMPLE_PAYLOADS.find(({ id }) => id === "phone-and-bsuid")?.payload;
  const message = readWebhook(sample).items[0] as InboundMessage;
  const common = {
    recipient: { id: "+15550100199", channelType: "whatsapp", name: null },
    timestamp: "1790000010",
    message: { text: "hi" },
  };
  const bsuid = "US.40000000000000000002";
  expect(toMessageWebhook(message, OFF)).toEqual({
    sender: { id: "+15550100123", channelType: "whatsapp", name: "Bo K" },
    ...common,
    // On a number that is off there is no BSUID here, either.
    original: withoutKey(message.content, "from_user_id"),
  });
  expect(toMessageWebhook(message, ON)).toEqual({
    sender: {
      id: bsuid,
      userId: bsuid,
      phoneNumber: "+15550100123",
      channelType: "whatsapp",
      name: "Bo K",
    },
    ...common,
    original: message.content,
  });
});

test.each<[string, Fields, unknown]>([
  ["text", { type: "text", text: { body: "hi" } }, { text: "hi" }],
  ["an empty text", { type: "text", text: { body: "" } }, { text: "" }],
  [
    "a picture with words",
    { type: "image", image: { id: "9", caption: "look" } },
    { text: "look", attachments: [{ type: "image", url: null, mediaId: "9" }] },
  ],
  [
    "a voice message whose file has an address",
    { type: "audio", audio: { id: "9", url: "https://files.example/9" } },
    { attachments: [{ type: "audio", url: "https://files.example/9", mediaId: "9" }] },
  ],
  [
    "a sticker",
    { type: "sticker", sticker: { id: "9" } },
    { attachments: [{ type: "image", url: null, mediaId: "9" }] },
  ],
  [
    "a template's button",
    { type: "button", button: { text: "Yes", payload: "y" } },
    { text: "Yes", isButtonResponse: true },
  ],
  [
    "a reply button",
    { type: "interactive", interactive: { button_reply: { id: "y", title: "Yes" } } },
    { text: "Yes", isButtonResponse: true },
  ],
  [
    "an entry of a list",
    { type: "interactive", interactive: { list_reply: { id: "y", title: "Yes" } } },
    { text: "Yes", isButtonResponse: true },
  ],
  [
    "what Connectly has no shape for",
    { type: "reaction", reaction: { emoji: "👍" } },
    { type: "reaction", content: { emoji: "👍" } },
  ],
  ["digits that became a number on the way", { type: "text", text: { body: 7 } }, { text: "7" }],
  [
    "contact cards, a list",
    { type: "contacts", contacts: [{ phones: [{ phone: "+15550100126" }] }] },
    { type: "contacts", content: [{ phones: [{ phone: "+15550100126" }] }] },
  ],
  [
    "a text where Meta has objects",
    { type: "note", note: "words" },
    { type: "note", content: "words" },
  ],
  ["a number where Meta has objects", { type: "score", score: 0 }, { type: "score", content: 0 }],
  [
    "a picture that is no object",
    { type: "image", image: ["9"] },
    { type: "image", content: ["9"] },
  ],
  ["nothing", { type: "unsupported" }, { type: "unsupported", content: null }],
  [
    "a picture whose id is a number",
    { type: "image", image: { id: parseExactJson("106540352242922123") } },
    { attachments: [{ type: "image", url: null, mediaId: "106540352242922123" }] },
  ],
  ["a text without a body", { type: "text", text: 7 }, { type: "text", content: 7 }],
  [
    "a type that is a name of prototypes",
    { type: "constructor" },
    { type: "constructor", content: null },
  ],
  [
    "an ad that brought the customer",
    {
      type: "text",
      text: { body: "hi" },
      referral: { ctwa_clid: "c", source_url: "https://fb.me/1", body: "", x: 1, headline: 7 },
    },
    { text: "hi", referral: { ctwaClid: "c", sourceUrl: "https://fb.me/1", headline: "7" } },
  ],
])("the content of %s", (_, fields, content) => {
  expect(contentOf(fields)).toEqual(content);
});

test("a type that is named like a prototype gives out no prototype", () => {
  const { content } = contentOf({ type: "__proto__" }) as { content: unknown };
  expect(content).toBeNull();
});

test.each<[string, Fields]>([
  ["a button", { type: "button", button: { text: "Yes", payload: "y" } }],
  [
    "a row of a list",
    { type: "interactive", interactive: { list_reply: { id: "r", title: "T" } } },
  ],
  ["a quoted product", { context: { id: "wamid.0", referred_product: { catalog_id: "1" } } }],
  ["a group", { group_id: "120363025246125016" }],
  ["a type that Meta does not support", { type: "unsupported", errors: [{ code: 131051 }] }],
  ["an ad with a picture", { referral: { image: { id: "9" }, welcome_message: { text: "w" } } }],
  ["a file", { type: "document", document: { id: "9", filename: "a.pdf", sha256: "s", url: "u" } }],
  [
    "an edit",
    { type: "edit", edit: { original_message_id: "wamid.0", message: { type: "text" } } },
  ],
  ["a revocation", { type: "revoke", revoke: { original_message_id: "wamid.0" } }],
  ["a card that was asked for", { type: "contacts", origin: "contact_request", contacts: [{}] }],
])("the webhook of %s has all of Meta's message", (_, fields) => {
  const message = messageOf({ type: "text", text: { body: "hi" }, ...fields });
  for (const flag of [OFF, ON])
    expect(toMessageWebhook(message, flag).original).toEqual(message.content);
});

test("on a number that is off the webhook has no BSUID of the sender or of whom they quote", () => {
  const context = { id: "wamid.0", from: "15550100199", from_user_id: "US.9" };
  const ids = { from_user_id: "US.1", from_parent_user_id: "US.ENT.1", context };
  const message = messageOf({ type: "text", text: { body: "hi" }, ...ids });
  expect(JSON.stringify(toMessageWebhook(message, OFF))).not.toContain("US.");
  expect(toMessageWebhook(message, OFF).original.context).toEqual(
    withoutKey(context, "from_user_id"),
  );
  expect(toMessageWebhook(message, ON).original).toMatchObject(ids);
});

test.each<[string, Fields, Fields]>([
  [
    "a notice of a kind to come",
    { type: "system", system: { type: "x", user_id: "US.7", wa_id: "US.7", body: "News." } },
    { type: "system", system: { type: "x", body: "News." } },
  ],
  [
    "lists, and fields of other names",
    { type: "x", who: [{ parent_user_id: "US.ENT.7", in: [["US.7", "x"]] }], author: "US.ENT.7" },
    { type: "x", who: [{ in: [["x"]] }] },
  ],
  [
    "a field for a BSUID with something else",
    { type: "x", a: { to_user_id: { x: 1 } } },
    { type: "x", a: {} },
  ],
  [
    "a contact's card",
    { type: "contacts", contacts: [{ phones: [{ wa_id: "15550100126", user_id: "US.7" }] }] },
    { type: "contacts", contacts: [{ phones: [{ wa_id: "15550100126" }] }] },
  ],
  ["a type named like an id", { type: "user_id", user_id: "US.7" }, { type: "user_id" }],
])("on a number that is off the webhook has no BSUID at any depth: %s", (_, fields, extra) => {
  const message = messageOf(fields);
  const webhook = toMessageWebhook(message, OFF);
  expect(JSON.stringify(webhook)).not.toContain("US.");
  expect(webhook.original).toEqual({
    ...extra,
    id: "wamid.1",
    timestamp: "1790000000",
    from: "15550100123",
  });
  expect(toMessageWebhook(message, ON).original).toEqual(message.content);
});

test("on a number that is off, text by people that only looks like a BSUID stays", () => {
  const reply = { id: "NO.1", title: "NO.1", description: "NO.1" };
  const fields = {
    type: "text",
    text: { body: "OK.thanks" },
    document: { filename: "CV.pdf", caption: "CV.pdf", id: "9" },
    button: { payload: "NO.1", text: "NO.1" },
    interactive: { button_reply: reply, list_reply: reply },
    contacts: [{ name: { formatted_name: "JR.Smith" } }],
    referral: { headline: "OK.go", body: "OK.go" },
    order: { product_items: [{ product_retailer_id: "BR.1234" }] },
  };
  const message = messageOf(fields);
  const webhook = toMessageWebhook(message, OFF);
  expect(webhook.original).toEqual(message.content);
  expect(webhook.message.referral).toEqual({ headline: "OK.go", body: "OK.go" });
});

test("on a number that is off, numbers of any size stay as they were written", () => {
  const text = '{"type":"location","location":{"latitude":1.10,"ids":[12345678901234567890]}}';
  const message = messageOf(parseExactJson(text) as Fields);
  expect(toMessageWebhook(message, OFF).original).toMatchObject(message.content);
});

function withoutKey(object: Fields, key: string): Fields {
  const { [key]: _, ...rest } = object;
  return rest;
}
