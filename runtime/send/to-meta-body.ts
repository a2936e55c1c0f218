import type {
  BodyParameter,
  ButtonParameter,
  HeaderParameter,
  MetaRecipient,
  TemplateParameters,
} from "#sdk/rules.ts";
import { SendRefused } from "./send-refused.ts";

/** The content of a request to send, in Connectly's form. */
export type Content =
  | { kind: "session"; message: Record<string, unknown> }
  | { kind: "template"; name: string; language: string | null; parameters: TemplateParameters };

const MEDIA = ["image", "video", "audio", "document"] as const;

/**
 * The body for Meta's API. Refuses lists, buttons and products, which this runtime does not support.
 *
 * Source: Meta's documents, "Messages" and "Template messages" of the Cloud API.
 * @throws SendRefused that names the part of the content that cannot be sent
 */
export function toMetaBody(to: MetaRecipient, content: Content): object {
  const part = content.kind === "session" ? toSessionPart(content.message) : toTemplate(content);
  return { messaging_product: "whatsapp", recipient_type: "individual", ...to, ...part };
}

function toSessionPart(message: Record<string, unknown>): object {
  const { text, attachments, id: _, ...others } = message;
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw refused(other, "This runtime sends text, one attachment, or a template; nothing else.");
  }
  if (attachments === undefined) return { type: "text", text: { body: text } };
  const [attachment] = attachments as { type?: unknown; url: string }[];
  const type = MEDIA.find((candidate) => candidate === attachment?.type);
  if (!type) {
    throw refused("attachments[0].type", `The attachment's type is none of ${MEDIA.join(", ")}.`);
  }
  const caption = readCaption(text, type);
  return { type, [type]: { link: attachment?.url, ...(caption === null ? {} : { caption }) } };
}

function readCaption(text: unknown, type: (typeof MEDIA)[number]): string | null {
  if (text === undefined || text === null || text === "") return null;
  if (typeof text !== "string") throw refused("text", "message.text must be a text.");
  if (type !== "audio") return text;
  throw refused("text", "WhatsApp takes no text with audio. Send it as a message of its own.");
}

function refused(part: string, message: string): SendRefused {
  return new SendRefused({ code: "MALFORMED_REQUEST", field: `message.${part}`, message });
}

function toTemplate({ name, language, parameters }: Extract<Content, { kind: "template" }>) {
  const { header, body, buttons } = parameters;
  const components = [
    ...(header ? [{ type: "header", parameters: [toHeaderParameter(header)] }] : []),
    ...(body.length > 0 ? [{ type: "body", parameters: body.map(toBodyParameter) }] : []),
    ...buttons.map(toButton),
  ];
  const template = { name, language: { code: language ?? "en" } };
  return {
    type: "template",
    template: components.length > 0 ? { ...template, components } : template,
  };
}

function toHeaderParameter(header: HeaderParameter): object {
  if (header.kind === "text") return { type: "text", text: header.text };
  const { kind: type, link } = header;
  if (header.kind !== "document" || header.filename === null) return { type, [type]: { link } };
  return { type, [type]: { link, filename: header.filename } };
}

function toBodyParameter({ name, text }: BodyParameter): object {
  return { type: "text", ...(name === null ? {} : { parameter_name: name }), text };
}

function toButton(button: ButtonParameter): object {
  const parameter =
    button.kind === "url"
      ? { type: "text", text: button.text }
      : { type: "payload", payload: button.payload };
  return {
    type: "button",
    sub_type: button.kind,
    index: String(button.index),
    parameters: [parameter],
  };
}
