import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { answerQuestions } from "../harness/answer-questions.ts";
import { monotonicMs } from "../harness/monotonic-ms.ts";

const MARK = "text ";
const INDEX_DIGITS = 10;
const LENGTH = /\r\ncontent-length: (\d+)\r\n/i;
const HEAD_END = "\r\n\r\n";
const ANSWER = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

/** When each webhook arrived, by the index in its text. */
const arrivedAt: number[] = [];
let count = 0;

// The business: accepts every webhook and records when. Lean, as it shares the machine with what is measured.
const server = createServer({ noDelay: true }, (socket) => {
  let received = "";
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    received = takeAll(received + chunk, socket);
  });
  socket.on("error", () => socket.destroy());
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;

answerQuestions({
  url: () => `http://127.0.0.1:${port}/`,
  count: () => count,
  arrivals: () => arrivedAt,
});

/** Answers each complete request; returns the beginning of the next one. */
function takeAll(received: string, socket: Socket): string {
  let rest = received;
  for (;;) {
    const head = rest.indexOf(HEAD_END);
    if (head < 0) return rest;
    const length = LENGTH.exec(rest.slice(0, head + 2))?.[1];
    if (length === undefined) throw new Error(`A webhook without a length: ${rest.slice(0, 400)}`);
    const end = head + HEAD_END.length + Number(length);
    if (rest.length < end) return rest;
    note(rest.slice(head, end));
    rest = rest.slice(end);
    socket.write(ANSWER);
  }
}

function note(body: string): void {
  const from = body.lastIndexOf(MARK) + MARK.length;
  const index = Number(body.slice(from, from + INDEX_DIGITS));
  if (arrivedAt[index] === undefined) count += 1;
  arrivedAt[index] ??= monotonicMs();
}
