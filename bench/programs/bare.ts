import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answerQuestions, readSettings } from "../harness/answer-questions.ts";

/** The answer to every request. */
export type BareAnswer = { status: number; headers: Record<string, string>; body: string };

// The reference: a node:http server that answers the same bytes and does nothing else.
const { status, headers, body } = readSettings<BareAnswer>();
const bytes = body === "" ? undefined : Buffer.from(body);
const server = createServer((_, response) => {
  response.writeHead(status, headers);
  response.end(bytes);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;

answerQuestions({ url: () => `http://127.0.0.1:${port}` });
