import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { handleRequest } from "#lib/http/api/handle-request.ts";
import { answerDuringOutage } from "#lib/http/pages/outage-page.ts";
import { setRequestHeaders } from "#lib/http/request/request-id.ts";
import { serveFastLane, servePlainPoll } from "#lib/http/server/fast-lane.ts";
import { sendResponse, toRequest } from "#lib/http/server/node-adapter.ts";

type Answer = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  closing: AbortSignal,
) => Promise<void> | null;

/** The API's handlers behind a real HTTP server, without Next and without the fast lane. */
export function serveApi() {
  return serve(answerByRoute, 0);
}

/** The API's handlers behind a real HTTP server, with the fast lane before them as in server.ts. */
export function serveApiWithFastLane(port = 0) {
  const answer: Answer = (incoming, outgoing, closing) => {
    if (servePlainPoll(incoming, outgoing)) return null;
    const requestId = setRequestHeaders(incoming);
    const answered = serveFastLane(incoming, outgoing, closing);
    if (answered) return answered;
    return answerDuringOutage(incoming, requestId).then(async (outage) => {
      if (outage) await sendResponse(outage, outgoing);
      else await answerByRoute(incoming, outgoing, closing);
    });
  };
  return serve(answer, port);
}

const answerByRoute: Answer = async (incoming, outgoing, closing) => {
  setRequestHeaders(incoming);
  const answer = await handleRequest(toRequest(incoming, outgoing, closing));
  await sendResponse(answer, outgoing);
};

async function serve(
  answer: Answer,
  requestedPort: number,
): Promise<{ url: string; close: () => Promise<void> }> {
  const closing = new AbortController();
  const server = createServer((incoming, outgoing) => {
    // Some tests disconnect in the middle of an answer.
    answer(incoming, outgoing, closing.signal)?.catch(() => outgoing.destroy());
  });
  server.listen(requestedPort, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const close = async () => {
    closing.abort();
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { url: `http://127.0.0.1:${port}`, close };
}
