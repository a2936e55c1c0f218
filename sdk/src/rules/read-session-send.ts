import { asObject, asText, type JsonObject } from "./json-value.ts";
import { isSamePhone } from "./phone-spellings.ts";
import { readRecipient, type SendRecipient } from "./read-recipient.ts";
import { readSender } from "./read-sender.ts";
import { refuse, type SendRefusal } from "./send-problem.ts";
import { isWebAddress } from "./web-address.ts";

/** The part of a request to send that all three endpoints have in common. */
export type ReadSend = {
  ok: true;
  recipient: SendRecipient;
  /** The business's number, `+E.164`; null where the request leaves the choice open. */
  sender: string | null;
};

export type SessionSendReading = (ReadSend & { message: JsonObject }) | SendRefusal;

/**
 * Reads the body of `POST …/send/messages`. A BSUID is bare in `recipient.userId`, with `id` and `phoneNumber`
 * empty or `id` equal to it, or alone in `recipient.id`. A webhook's customer object is accepted unchanged; if
 * it has a phone, the message goes to the phone.
 *
 * Source: Connectly's documents, "Business-scoped user IDs (BSUID)" and "Send Session Messages".
 */
export function readSessionSend(body: unknown): SessionSendReading {
  const request = asObject(body);
  if (!request) return refuse("MALFORMED_REQUEST", "", "The request is no JSON object.");
  const read = readSessionRecipient(request.recipient);
  if (!read.ok) return read;
  const sender = readSender(request.sender, "sender");
  if (!sender.ok) return sender;
  const message = asObject(request.message);
  const empty = refuseContent(message);
  if (empty || !message) return empty ?? noContent();
  return { ok: true, recipient: read.recipient, sender: sender.sender, message };
}

function readSessionRecipient(
  value: unknown,
): { ok: true; recipient: SendRecipient } | SendRefusal {
  const fields = asObject(value);
  if (!fields) {
    return refuse("MISSING_RECIPIENT", "recipient", "The request has no recipient object.");
  }
  const channel = fields.channelType ?? "whatsapp";
  if (channel !== "whatsapp") {
    const message = 'recipient.channelType is not "whatsapp", the only channel there is.';
    return refuse("UNSUPPORTED_CHANNEL", "recipient.channelType", message);
  }
  return agreeOn(fields);
}

/** The recipient by the three fields, which may repeat each other but must not contradict each other. */
function agreeOn(fields: JsonObject): { ok: true; recipient: SendRecipient } | SendRefusal {
  const user = readRecipient(fields.userId, { field: "recipient.userId", spelling: "bare" });
  if (user?.ok === false) return user;
  if (user?.recipient.kind === "phone") return misplaced("recipient.userId", "a phone", "id");
  const id = readRecipient(fields.id, { field: "recipient.id", spelling: "bare" });
  if (id?.ok === false) return id;
  const phone = readRecipient(fields.phoneNumber, {
    field: "recipient.phoneNumber",
    spelling: "bare",
  });
  if (phone?.ok === false) return phone;
  if (phone?.recipient.kind === "bsuid") {
    return misplaced("recipient.phoneNumber", "a BSUID", "userId");
  }
  if (user && id && phone && isSame(user.recipient, id.recipient)) return phone;
  const [first, ...others] = [user, id, phone].filter((read) => read !== null);
  if (!first) {
    return refuse(
      "MISSING_RECIPIENT",
      "recipient",
      "The recipient has no id, userId or phoneNumber.",
    );
  }
  const other = others.find(({ recipient }) => !isSame(recipient, first.recipient));
  return other ? contradictory(first.recipient, other.recipient) : first;
}

/** Whether two recipients are the same, also by two spellings of one phone. */
function isSame(one: SendRecipient, other: SendRecipient): boolean {
  if (one.kind === "phone") return other.kind === "phone" && isSamePhone(one.phone, other.phone);
  return other.kind === "bsuid" && one.bsuid === other.bsuid;
}

function contradictory(one: SendRecipient, other: SendRecipient): SendRefusal {
  const message =
    `${one.field} and ${other.field} name different recipients. ` +
    `Leave ${other.field} empty, or name one recipient only.`;
  return refuse("CONTRADICTORY_RECIPIENT", other.field, message);
}

function misplaced(field: string, what: string, rightPlace: string): SendRefusal {
  const message = `${field} has ${what}, which belongs into recipient.${rightPlace}.`;
  return refuse("MALFORMED_RECIPIENT", field, message);
}

/** Checks only what every message needs, not the shapes of lists, buttons and products. */
function refuseContent(message: JsonObject | null): SendRefusal | null {
  if (!message || !Object.keys(message).some((key) => key !== "id")) return noContent();
  if (message.attachments !== undefined) return refuseAttachments(message.attachments);
  const isTextAlone = Object.keys(message).every((key) => key === "id" || key === "text");
  if (!isTextAlone || asText(message.text) !== null) return null;
  return refuse(
    "EMPTY_TEXT",
    "message.text",
    "message.text is empty, or no text. Write something.",
  );
}

function refuseAttachments(attachments: unknown): SendRefusal | null {
  const field = "message.attachments";
  if (!Array.isArray(attachments) || attachments.length !== 1) {
    return refuse("ATTACHMENT_COUNT", field, `${field} must be a list of exactly one attachment.`);
  }
  const url = asText(asObject(attachments[0])?.url);
  if (url === null)
    return refuse("EMPTY_ATTACHMENT", `${field}[0].url`, "The attachment has no url.");
  if (isWebAddress(url)) return null;
  const message = `${field}[0].url must be the file's web address, such as https://….`;
  return refuse("MALFORMED_REQUEST", `${field}[0].url`, message);
}

function noContent(): SendRefusal {
  return refuse("MALFORMED_REQUEST", "message", "The request has no message with any content.");
}
