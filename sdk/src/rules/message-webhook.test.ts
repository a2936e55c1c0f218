import { expect, test } from "vitest";
import { toMessageWebhook } from "./message-webhook.ts";
import { readWebhook } from "./read-webhook.ts";
import { SAMPLE_PAYLOADS } from "./sample-payloads.ts";
import type { InboundMessage } from "./webhook-item.ts";

const OFF = { acceptsBsuid: false };
const ON = { acceptsBsuid: true };

type Fields = Record<string, unknown>;

function contentOf(fields: Fields): unknown {
  const message = { id: "wamid.1", timestamp: "1790000000", from: "15550100123", ...fields };
  const value = { metadata: { phone_number_id: "300000000000001" }, messages: [message] };
  const { items } = readWebhook({ entry: [{ changes: [{ field: "messages", value }] }] });
  return toMessageWebhook(items[0] as InboundMessage, OFF).message;
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
  ["a text without a body", { type: "text", text: 7 }, { type: "text", content: {} }],
  [
    "a type that is a name of prototypes",
    { type: "constructor" },
    { type: "constructor", content: {} },
  ],
  [
    "an ad that brought the customer",
    {
      type: "text",
      text: { body: "hi" },
      referral: { ctwa_clid: "c", source_url: "https://fb.me/1", body: "", x: 1, headline: 7 },
    },
    { text: "hi", referral: { ctwaClid: "c", sourceUrl: "https://fb.me/1" } },
  ],
])("the content of %s", (_, fields, content) => {
  expect(contentOf(fields)).toEqual(content);
});

test("a type that is named like a prototype gives out no prototype", () => {
  const { content } = contentOf({ type: "__proto__" }) as { content: unknown };
  expect(content).toEqual({});
  expect(content).not.toBe(Object.prototype);
});
