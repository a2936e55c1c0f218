import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

type Sent = { path: string; authorization: string | undefined; body: Record<string, unknown> };
type Answer = { status: number; body: object; headers?: Record<string, string> };
/** The answer to a sent message; null accepts it. */
type Refusal = (sent: Sent) => Answer | null;

/**
 * The part of Meta's API that sending needs, over real HTTP; `refuse` and `hide` change its answers, and it
 * awaits `beforeAnswer` once a message has its id.
 */
export async function startGraph() {
  const sent: Sent[] = [];
  const answered: string[] = [];
  const lookUps: string[] = [];
  /** The account's templates: category by name. */
  const templates = new Map<string, string>();
  let refusal: Refusal = () => null;
  let beforeAnswer = async (_id: string) => {};
  let isHiding = false;
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    if (request.method === "GET") {
      lookUps.push(request.url ?? "");
      if (!isHiding) response.end(JSON.stringify(listTemplates(request.url ?? "", templates)));
      return;
    }
    const { authorization } = request.headers;
    const body = JSON.parse(text) as Sent["body"];
    const message = { path: request.url ?? "", authorization, body };
    sent.push(message);
    const id = `wamid.${randomUUID()}`;
    const refused = refusal(message);
    const answer = refused ?? { status: 200, body: { messages: [{ id }] } };
    if (!refused) answered.push(id);
    if (!refused) await beforeAnswer(id);
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
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
    lookUps,
    templates,
    /** Requests about templates get no answer from now on. */
    hide: () => {
      isHiding = true;
    },
    /** The ids of the accepted messages. */
    answered,
    refuse: (answer: Answer | Refusal | null) => {
      refusal = typeof answer === "function" ? answer : () => answer;
    },
    beforeAnswer: (wait: (id: string) => Promise<void>) => {
      beforeAnswer = wait;
    },
  };
}

/** Lists each template whose name contains the one asked for, as Meta does. */
function listTemplates(url: string, templates: ReadonlyMap<string, string>): object {
  const asked = new URL(url, "http://graph.test").searchParams.get("name") ?? "";
  const matches = [...templates].filter(([name]) => name.includes(asked));
  return { data: matches.map(([name, category]) => ({ name, category, language: "en", id: "1" })) };
}
