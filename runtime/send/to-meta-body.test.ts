import { expect, test } from "vitest";
import type { TemplateParameters } from "#sdk/rules.ts";
import { SendRefused } from "./send-refused.ts";
import { type Content, toMetaBody } from "./to-meta-body.ts";

const TO = { to: "15550100123" };
const URL = "https://files.example/9";

const session = (message: Record<string, unknown>): Content => ({ kind: "session", message });
const attached = (type: string, more: object = {}) =>
  session({ attachments: [{ type, url: URL }], ...more });
const template = (
  parameters: Partial<TemplateParameters>,
  language: string | null = null,
): Content => ({
  kind: "template",
  name: "order_ready",
  language,
  parameters: { header: null, body: [], buttons: [], ...parameters },
});
const withComponents = (...components: object[]) => ({
  type: "template",
  template: { name: "order_ready", language: { code: "en" }, components },
});

test.each<[string, Content, object]>([
  ["a text", session({ id: "x", text: "hi" }), { type: "text", text: { body: "hi" } }],
  [
    "a picture with words",
    attached("image", { text: "look" }),
    { type: "image", image: { link: URL, caption: "look" } },
  ],
  ["audio", attached("audio", { text: "" }), { type: "audio", audio: { link: URL } }],
  ["a document", attached("document"), { type: "document", document: { link: URL } }],
  [
    "a template without parameters, in English",
    template({}),
    { type: "template", template: { name: "order_ready", language: { code: "en" } } },
  ],
  [
    "a template whose placeholders are numbered",
    template({
      header: { kind: "text", text: "A" },
      body: [
        { name: null, text: "7" },
        { name: null, text: "plain" },
      ],
    }),
    withComponents(
      { type: "header", parameters: [{ type: "text", text: "A" }] },
      {
        type: "body",
        parameters: [
          { type: "text", text: "7" },
          { type: "text", text: "plain" },
        ],
      },
    ),
  ],
  [
    "a template whose placeholders have names",
    template({ body: [{ name: "first_name", text: "Ana" }] }),
    withComponents({
      type: "body",
      parameters: [{ type: "text", parameter_name: "first_name", text: "Ana" }],
    }),
  ],
  [
    "a template with a picture above it",
    template({ header: { kind: "image", link: URL } }),
    withComponents({ type: "header", parameters: [{ type: "image", image: { link: URL } }] }),
  ],
  [
    "a template with a document above it",
    template({ header: { kind: "document", link: URL, filename: "Bill.pdf" } }),
    withComponents({
      type: "header",
      parameters: [{ type: "document", document: { link: URL, filename: "Bill.pdf" } }],
    }),
  ],
  [
    "a template with buttons",
    template({
      buttons: [
        { kind: "quick_reply", index: 0, payload: "YES" },
        { kind: "url", index: 1, text: "orders/7" },
      ],
    }),
    withComponents(
      {
        type: "button",
        sub_type: "quick_reply",
        index: "0",
        parameters: [{ type: "payload", payload: "YES" }],
      },
      {
        type: "button",
        sub_type: "url",
        index: "1",
        parameters: [{ type: "text", text: "orders/7" }],
      },
    ),
  ],
])("what Meta gets for %s", (_, content, part) => {
  const common = { messaging_product: "whatsapp", recipient_type: "individual", ...TO };
  expect(toMetaBody(TO, content)).toEqual({ ...common, ...part });
});

test.each<[string, Content, string]>([
  ["buttons", session({ text: "hi", buttons: [] }), "message.buttons"],
  ["a list", session({ list: {} }), "message.list"],
  ["a key of prototypes", session(JSON.parse(`{"__proto__":{},"text":"hi"}`)), "message.__proto__"],
  ["an attachment of no known type", attached("hologram"), "message.attachments[0].type"],
  ["audio with words, which would get lost", attached("audio", { text: "hi" }), "message.text"],
  ["words that are no text", attached("image", { text: 7 }), "message.text"],
])("%s cannot be sent, and the field is named", (_, content, field) => {
  const send = () => toMetaBody(TO, content);
  expect(send).toThrow(SendRefused);
  expect(send).toThrow(expect.objectContaining({ problem: expect.objectContaining({ field }) }));
});
