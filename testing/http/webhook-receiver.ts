import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll } from "vitest";
import { makeSelfSigned } from "./self-signed.ts";

export type ReceivedWebhook = { path: string; headers: IncomingHttpHeaders; body: string };

type Answer = { status: number; headers?: Record<string, string>; body?: string };

/**
 * A receiver of webhooks: a real HTTPS server on 127.0.0.1, which the test's settings allow and whose
 * certificate this process trusts. Call it before `useTestDatabase`, since settings are read once.
 */
export function useWebhookReceiver() {
  const { cert, key } = makeSelfSigned();
  const received: ReceivedWebhook[] = [];
  const receiver = {
    received,
    /** How it answers; may wait. */
    answer: (_: ReceivedWebhook): Answer | Promise<Answer> => ({ status: 204 }),
    url: "",
    /** For a process of its own to trust. */
    cert,
    /** How many it is answering. */
    open: 0,
    mostOpen: 0,
  };
  const server = createServer({ cert, key }, async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const webhook = { path: request.url ?? "", headers: request.headers, body };
    received.push(webhook);
    receiver.open += 1;
    receiver.mostOpen = Math.max(receiver.mostOpen, receiver.open);
    const answer = await receiver.answer(webhook);
    receiver.open -= 1;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    receiver.url = `https://127.0.0.1:${port}`;
    process.env.WEBHOOK_PORTS = `443,${port}`;
    process.env.WEBHOOK_PRIVATE_NETWORKS = "127.0.0.1/32";
    setDefaultCACertificates([...getCACertificates("default"), cert]);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return receiver;
}
