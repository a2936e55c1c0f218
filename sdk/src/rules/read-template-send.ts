import { asObject, asText, type JsonObject } from "./json-value.ts";
import { readRecipient } from "./read-recipient.ts";
import { readSender } from "./read-sender.ts";
import type { ReadSend } from "./read-session-send.ts";
import { readTemplateParameters, type TemplateParameters } from "./read-template-parameters.ts";
import { refuse, type SendRefusal } from "./send-problem.ts";

export type TemplateSendReading =
  | (ReadSend & {
      templateName: string;
      language: string | null;
      parameters: TemplateParameters;
    })
  | SendRefusal;

/**
 * Reads the body of `POST …/send/whatsapp_templated_messages`. A BSUID is in `number`, as `bsuid:US.…`; phones
 * may have blanks and brackets, as in Connectly's own samples.
 *
 * Source: Connectly's documents, "Business-scoped user IDs (BSUID)" and "Send template message".
 */
export function readTemplateSend(body: unknown): TemplateSendReading {
  const request = asObject(body);
  if (!request) return refuse("MALFORMED_REQUEST", "", "The request is no JSON object.");
  const read = readRecipient(request.number, { field: "number", spelling: "prefixed" });
  if (!read) return refuse("MISSING_RECIPIENT", "number", "number, the recipient, is missing.");
  if (!read.ok) return read;
  const sender = readSender(request.sender, "sender");
  if (!sender.ok) return sender;
  const template = readTemplate(request);
  return template.ok ? { ...template, recipient: read.recipient, sender: sender.sender } : template;
}

function readTemplate(request: JsonObject) {
  const templateName = asText(request.templateName);
  if (templateName === null) {
    return refuse("MALFORMED_REQUEST", "templateName", "templateName is missing.");
  }
  const { language = null } = request;
  if (language !== null && typeof language !== "string") {
    return refuse("MALFORMED_REQUEST", "language", "language must be a text, such as en.");
  }
  const read = readTemplateParameters(request.parameters ?? []);
  if (!read.ok) return read;
  const { parameters } = read;
  return { ok: true as const, templateName, language: asText(language), parameters };
}
