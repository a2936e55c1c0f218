import type { MetaRecipient } from "#sdk/rules.ts";

/** What a request wants sent, in Connectly's words. */
export type Content =
  | { kind: "session"; message: Record<string, unknown> }
  | { kind: "template"; name: string; language: string | null; parameters: readonly unknown[] };

const MEDIA = ["image", "video", "audio", "document"] as const;

/**
 * The body that Meta takes. Null for content this runtime has no words for: lists, buttons, products.
 *
 * Source: Meta's documents, "Messages" of the Cloud API.
 */
export function toMetaBody(to: MetaRecipient, content: Content): object | null {
  const part = content.kind === "session" ? toSessionPart(content.message) : toTemplate(content);
  return part && { messaging_product: "whatsapp", recipient_type: "individual", ...to, ...part };
}

function toSessionPart(message: Record<string, unknown>): object | null {
  const { text, attachments, id: _, ...others } = message;
  if (Object.keys(others).length > 0) return null;
  if (attachments === undefined) return { type: "text", text: { body: text } };
  const [attachment] = attachments as { type?: unknown; url: string }[];
  const type = MEDIA.find((known) => known === attachment?.type);
  if (!type || !attachment) return null;
  // Meta takes no caption with audio.
  const caption = typeof text === "string" && text !== "" && type !== "audio" ? text : null;
  return { type, [type]: { link: attachment.url, ...(caption === null ? {} : { caption }) } };
}

function toTemplate({ name, language, parameters }: Extract<Content, { kind: "template" }>) {
  const components = (["header", "body"] as const).flatMap((type) => {
    const own = parameters.filter((parameter) => placeOf(parameter) === type);
    return own.length === 0 ? [] : [{ type, parameters: own.map(toParameter) }];
  });
  const template = { name, language: { code: language ?? "en" } };
  return {
    type: "template",
    template: components.length > 0 ? { ...template, components } : template,
  };
}

/** By its name, such as `header_1` or `body_2`. */
function placeOf(parameter: unknown): "header" | "body" {
  const { name } = (parameter ?? {}) as { name?: unknown };
  return typeof name === "string" && name.startsWith("header") ? "header" : "body";
}

/** Connectly's `{name, value}`; anything else is taken as the value itself. */
function toParameter(parameter: unknown): object {
  const { value = parameter } = (parameter ?? {}) as { value?: unknown };
  return { type: "text", text: typeof value === "string" ? value : JSON.stringify(value) };
}
