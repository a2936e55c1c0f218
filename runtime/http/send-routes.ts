import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  readCampaignSend,
  readSessionSend,
  readTemplateSend,
  type SendRefusal,
} from "#sdk/rules.ts";
import { RequestError } from "../errors/request-error.ts";
import { lookUpTemplates } from "../send/look-up-templates.ts";
import { prepareSend, type SendParts } from "../send/prepare-send.ts";
import { sendCampaign } from "../send/send-campaign.ts";
import { sendMessage } from "../send/send-message.ts";
import { SendRefused } from "../send/send-refused.ts";
import { parseShallowJson } from "./parse-json.ts";
import { isSameSecret } from "./same-secret.ts";

const MAX_BYTES = 1024 * 1024;
const senderField = "sender";

/** Connectly's three endpoints that send. */
export async function sendRoutes(
  app: FastifyInstance,
  { businessId, ...parts }: SendParts & { businessId: string },
): Promise<void> {
  app.addHook("onRequest", async (request) => requireBusiness(request, businessId));
  const options = { bodyLimit: MAX_BYTES };

  app.post("/messages", options, async (request) => {
    const body = parseShallowJson(request.body);
    const { recipient, sender, message } = requireRead(readSessionSend(body));
    const content = { kind: "session", message } as const;
    const order = { recipient, sender, senderField, content, ...readCallbackData(body) };
    return { id: await sendMessage(prepareSend(order, parts), parts) };
  });

  app.post("/whatsapp_templated_messages", options, async (request) => {
    const body = parseShallowJson(request.body);
    const read = requireRead(readTemplateSend(body));
    const { recipient, sender, templateName: name, language, parameters } = read;
    const content = { kind: "template", name, language, parameters } as const;
    const order = { recipient, sender, senderField, content, ...readCallbackData(body) };
    await lookUpTemplates([order], parts);
    return { id: await sendMessage(prepareSend(order, parts), parts) };
  });

  app.post("/campaigns", options, async (request, reply) => {
    const { entries } = requireRead(readCampaignSend(parseShallowJson(request.body)));
    const results = await sendCampaign(entries, parts);
    const waits = results.flatMap((result) =>
      "id" in result ? [] : (result.retryAfterSeconds ?? []),
    );
    if (waits.length > 0) reply.header("retry-after", Math.max(...waits));
    return { entries: results };
  });
}

function requireBusiness(request: FastifyRequest, businessId: string): void {
  const { businessId: named = "" } = request.params as { businessId?: string };
  if (isSameSecret(named, businessId)) return;
  throw new RequestError("NOT_FOUND", "There is no such business behind this API key.");
}

function requireRead<Reading extends { ok: true }>(reading: Reading | SendRefusal): Reading {
  if (reading.ok) return reading;
  throw new SendRefused(reading.problem);
}

function readCallbackData(body: unknown): { callbackData?: unknown } {
  const { callbackData } = (body ?? {}) as { callbackData?: unknown };
  return callbackData === undefined ? {} : { callbackData };
}
