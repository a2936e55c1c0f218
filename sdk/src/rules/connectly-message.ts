import { asId, asInteger, asObject, asText, type JsonObject } from "./json-value.ts";
import type { InboundMessage } from "./webhook-item.ts";

export type ConnectlyAttachment = {
  type: "image" | "video" | "audio" | "document";
  /** The file's address, if the payload has one. Meta names most files by id only: fetch and keep them. */
  url: string | null;
  mediaId: string | null;
};

/** The content of a message, as Connectly's webhooks have it. */
export type ConnectlyMessage = {
  text?: string;
  attachments?: ConnectlyAttachment[];
  isButtonResponse?: true;
  /** The ad or post that the customer came from. */
  referral?: Record<string, string>;
  /**
   * For content that Connectly's documents have no shape for: Meta's type, and whatever Meta has under that
   * name, which may be a list or a text, too; null if there is nothing.
   */
  type?: string;
  content?: unknown;
};

const ATTACHMENTS = new Map<string, ConnectlyAttachment["type"]>([
  ["image", "image"],
  ["sticker", "image"],
  ["video", "video"],
  ["audio", "audio"],
  ["document", "document"],
]);

/** Meta's names of a referral's fields, and Connectly's. */
const REFERRAL_KEYS = [
  ["ctwa_clid", "ctwaClid"],
  ["source_url", "sourceUrl"],
  ["source_id", "sourceId"],
  ["source_type", "sourceType"],
  ["headline", "headline"],
  ["body", "body"],
  ["media_type", "mediaType"],
  ["image_url", "imageUrl"],
  ["video_url", "videoUrl"],
  ["thumbnail_url", "thumbnailUrl"],
] as const;

/**
 * The content of a message in Connectly's form: text, one attachment, a tapped button, a referral. The rest
 * is in the webhook's `original`.
 *
 * Source: Connectly's documents, "Webhook Payload" and "Payload Media Types".
 */
export function toConnectlyMessage({ type, content }: InboundMessage): ConnectlyMessage {
  const part = Object.hasOwn(content, type) ? (content[type] ?? null) : null;
  const referral = readReferral(asObject(content.referral));
  return { ...readBody(type, part), ...(referral ? { referral } : {}) };
}

function readBody(type: string, part: unknown): ConnectlyMessage {
  const object = asObject(part);
  const attachment = object && ATTACHMENTS.get(type);
  if (attachment) return withAttachment(attachment, object);
  const text = object && readText(type, object);
  if (text === null) return { type, content: part };
  return type === "text" ? { text } : { text, isButtonResponse: true };
}

function withAttachment(type: ConnectlyAttachment["type"], part: JsonObject): ConnectlyMessage {
  const caption = asId(part.caption);
  const attachments = [{ type, url: asText(part.url), mediaId: asId(part.id) }];
  return { ...(caption === null ? {} : { text: caption }), attachments };
}

/** The text that the customer wrote, or that of the button that they tapped. */
function readText(type: string, part: JsonObject): string | null {
  switch (type) {
    case "text":
      return typeof part.body === "string" ? part.body : asInteger(part.body);
    case "button":
      return asId(part.text);
    case "interactive":
      return asId((asObject(part.button_reply) ?? asObject(part.list_reply))?.title);
    default:
      return null;
  }
}

function readReferral(referral: JsonObject | null): Record<string, string> | null {
  if (!referral) return null;
  const read: Record<string, string> = {};
  for (const [theirs, ours] of REFERRAL_KEYS) {
    const value = asId(referral[theirs]);
    if (value !== null) read[ours] = value;
  }
  return read;
}
