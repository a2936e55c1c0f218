import { randomUUID } from "node:crypto";
import { decideSend } from "#sdk/rules.ts";
import { ConnectlyError } from "../http/connectly-error.ts";
import { type GraphAnswer, postMessage } from "./graph-client.ts";
import type { PreparedSend, SendOrder, SendParts } from "./prepare-send.ts";
import { SendRefused } from "./send-refused.ts";

/**
 * Hands a message to Meta; returns the id under which its statuses will come.
 * @throws SendRefused, ConnectlyError
 */
export async function sendMessage(send: PreparedSend, parts: SendParts): Promise<string> {
  const answer = await postMessage(send.graph, send);
  if (answer.kind !== "accepted") throw toError(answer, send.order, parts);
  const sendId = randomUUID();
  const { callbackData } = send.order;
  const kept = callbackData === undefined ? null : JSON.stringify(callbackData);
  await parts.store.write(() => {
    parts.store.sent.add(answer.messageId, { sendId, callbackData: kept });
  });
  return sendId;
}

function toError(
  answer: Exclude<GraphAnswer, { kind: "accepted" }>,
  order: SendOrder,
  { authenticationTemplates }: SendParts,
): Error {
  switch (answer.kind) {
    case "refused": {
      const isForPhones = authenticationTemplates.learn(answer.metaCode, order.content);
      return (isForPhones && refuseAsAuthentication(order)) || toRefusal(answer);
    }
    case "busy":
      return new ConnectlyError("RATE_LIMITED", "WhatsApp takes no more messages now.", {
        retryAfterSeconds: answer.retryAfterSeconds,
      });
    case "away":
      return new ConnectlyError(
        "SEND_FAILED",
        "WhatsApp did not answer as expected: the message may or may not have been sent.",
        { details: { reason: answer.why } },
      );
  }
}

function toRefusal({ metaCode, reason }: Extract<GraphAnswer, { kind: "refused" }>) {
  const details = { metaCode, reason };
  return new ConnectlyError("REFUSED", "WhatsApp refused the message.", { details });
}

/** In the words that the rule has, wherever it was noticed. Null where the recipient is a phone. */
function refuseAsAuthentication({ recipient }: SendOrder): SendRefused | null {
  const decision = decideSend(recipient, { bsuidSending: true, isAuthenticationTemplate: true });
  return decision.ok ? null : new SendRefused(decision.problem);
}
