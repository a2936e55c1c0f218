import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answerQuestions } from "../harness/answer-questions.ts";
import { monotonicMs } from "../harness/monotonic-ms.ts";

const MARK = "text ";
const PLACE_DIGITS = 10;

/** When each webhook came, by the place in its text. */
const arrivedAt: number[] = [];
let count = 0;

// The business: a node:http server that takes every webhook, and notes when.
const server = createServer((request, response) => {
  request.setEncoding("latin1");
  let text = "";
  request.on("data", (chunk: string) => {
    text += chunk;
  });
  request.on("end", () => {
    const from = text.lastIndexOf(MARK) + MARK.length;
    const place = Number(text.slice(from, from + PLACE_DIGITS));
    if (arrivedAt[place] === undefined) count += 1;
    arrivedAt[place] ??= monotonicMs();
    response.writeHead(200, { "content-length": 0 }).end();
  });
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;

answerQuestions({
  url: () => `http://127.0.0.1:${port}/`,
  count: () => count,
  arrivals: () => arrivedAt,
});
