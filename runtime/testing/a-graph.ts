import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

type Sent = { path: string; authorization: string | undefined; body: Record<string, unknown> };
type Answer = { status: number; body: object };

/** Meta's API as far as sending needs it, over real HTTP; `refuse` makes it answer otherwise. */
export async function startGraph() {
  const sent: Sent[] = [];
  const answered: string[] = [];
  let refusal: Answer | null = null;
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const { authorization } = request.headers;
    const body = JSON.parse(text) as Sent["body"];
    sent.push({ path: request.url ?? "", authorization, body });
    const id = `wamid.${randomUUID()}`;
    const answer = refusal ?? { status: 200, body: { messages: [{ id }] } };
    response.writeHead(answer.status, { "content-type": "application/json" });
    if (answer.status === 200) answered.push(id);
    response.end(JSON.stringify(answer.body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v24.0`,
    sent,
    /** The ids of the messages that were taken. */
    answered,
    refuse: (answer: Answer | null) => {
      refusal = answer;
    },
  };
}
