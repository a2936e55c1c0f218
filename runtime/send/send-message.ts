import { randomUUID } from "node:crypto";
import { decideSend } from "#sdk/rules.ts";
import { RequestError } from "../errors/request-error.ts";
import { describeDiskTrouble } from "../store/disk-trouble.ts";
import { type GraphAnswer, postMessage } from "./graph-client.ts";
import type { PreparedSend, SendOrder, SendParts } from "./prepare-send.ts";
import { SendRefused } from "./send-refused.ts";

/**
 * Sends a message through Meta; returns the id that its statuses will have.
 * @throws SendRefused, RequestError
 */
export async function sendMessage(send: PreparedSend, parts: SendParts): Promise<string> {
  const { graph, body, from, order } = send;
  const { phoneNumberId } = from;
  return await parts.sends.run(phoneNumberId, async () => {
    const answer = await postMessage(graph, { from: phoneNumberId, body }, parts.ending);
    if (answer.kind !== "accepted") throw toError(answer, send, parts);
    return await keepSent(answer.messageId, order, parts);
  });
}

/**
 * Stores a sent message; returns the id for the business. Never throws, since a failure is no reason to send
 * again: without a row, the message's statuses come under Meta's id.
 */
async function keepSent(
  messageId: string,
  { callbackData }: SendOrder,
  { store, log }: SendParts,
): Promise<string> {
  const sendId = randomUUID();
  const kept = callbackData === undefined ? null : JSON.stringify(callbackData);
  try {
    await store.write(() => store.sent.add(messageId, { sendId, callbackData: kept }));
  } catch (error) {
    log.error({ err: error }, describeDiskTrouble(error) ?? "a message that was sent is not kept");
    // The row may be written even if it could not be flushed.
    return store.sent.find(messageId)?.sendId ?? messageId;
  }
  return sendId;
}

function toError(
  answer: Exclude<GraphAnswer, { kind: "accepted" }>,
  { order, from }: PreparedSend,
  { authenticationTemplates }: SendParts,
): Error {
  switch (answer.kind) {
    case "refused": {
      const { metaCode } = answer;
      const { content } = order;
      if (content.kind !== "template") return toRefusal(answer);
      const template = { name: content.name, wabaId: from.wabaId };
      const isForPhones = authenticationTemplates.learn(metaCode, template);
      return (isForPhones && refuseAsAuthentication(order)) || toRefusal(answer);
    }
    case "busy": {
      const { metaCode, reason, retryAfterSeconds } = answer;
      const details = metaCode === null ? {} : { metaCode, reason };
      const message = "WhatsApp takes no more messages now. Send again later.";
      return new RequestError("RATE_LIMITED", message, { retryAfterSeconds, details });
    }
    case "away": {
      const { why: reason, metaCode, retryAfterSeconds } = answer;
      const details = metaCode === null ? { reason } : { reason, metaCode };
      const message =
        "WhatsApp did not answer as expected: the message may or may not have been sent.";
      const wait = retryAfterSeconds === null ? {} : { retryAfterSeconds };
      return new RequestError("SEND_FAILED", message, { details, ...wait });
    }
  }
}

function toRefusal({ metaCode, reason }: Extract<GraphAnswer, { kind: "refused" }>) {
  const details = { metaCode, reason };
  return new RequestError("REFUSED", "WhatsApp refused the message.", { details });
}

/** The refusal of an authentication template, with the rule's own text. Null if the recipient is a phone. */
function refuseAsAuthentication({ recipient }: SendOrder): SendRefused | null {
  const decision = decideSend(recipient, { bsuidSending: true, isAuthenticationTemplate: true });
  return decision.ok ? null : new SendRefused(decision.problem);
}
