import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { signWebhook } from "../delivery/webhook-sender.ts";

/** A webhook that the business received. */
type ReceivedWebhook = {
  eventId: string;
  isSigned: boolean;
  at: number;
  /** The body, unparsed. */
  text: string;
  body: { sender: { id: string }; message?: { text?: string } } & Record<string, unknown>;
};

/** How the business answers a webhook; by default with 200. */
type Answer = (response: ServerResponse, webhook: ReceivedWebhook) => void;

export const WEBHOOK_SECRET = "the business's webhook secret";

/** A business's webhook address, over real HTTP, which can be made to fail. */
export async function startReceiver(port = 0) {
  const webhooks: ReceivedWebhook[] = [];
  let answer: Answer = (response) => response.end();
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const webhook = {
      eventId: String(request.headers["x-connectly-event-id"]),
      isSigned: request.headers["x-connectly-hmac-sha256"] === signWebhook(text, WEBHOOK_SECRET),
      at: Date.now(),
      text,
      body: JSON.parse(text) as ReceivedWebhook["body"],
    };
    webhooks.push(webhook);
    answer(response, webhook);
  });
  await listen(server, port);
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}/hooks?of=business`,
    port: bound,
    webhooks,
    behave: (next: Answer) => {
      answer = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Retries: a port that was just released may briefly be the sender's own end of a connection. */
async function listen(server: Server, port: number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || attempt === 100) throw error;
      await sleep(100);
    }
  }
}
