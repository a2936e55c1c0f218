import { expect, test } from "vitest";
import { SendRefused } from "./send-refused.ts";
import { type Content, toMetaBody } from "./to-meta-body.ts";

const TO = { to: "15550100123" };
const URL = "https://files.example/9";

const session = (message: Record<string, unknown>): Content => ({ kind: "session", message });
const attached = (type: string, more: object = {}) =>
  session({ attachments: [{ type, url: URL }], ...more });
const template = (parameters: unknown[], language: string | null = null): Content => ({
  kind: "template",
  name: "order_ready",
  language,
  parameters,
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
    template([]),
    { type: "template", template: { name: "order_ready", language: { code: "en" } } },
  ],
  [
    "a template whose parameters name their place",
    template([{ name: "header_1", value: "A" }, { name: "body_1", value: 7 }, "plain"], "pt_BR"),
    {
      type: "template",
      template: {
        name: "order_ready",
        language: { code: "pt_BR" },
        components: [
          { type: "header", parameters: [{ type: "text", text: "A" }] },
          {
            type: "body",
            parameters: [
              { type: "text", text: "7" },
              { type: "text", text: "plain" },
            ],
          },
        ],
      },
    },
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
