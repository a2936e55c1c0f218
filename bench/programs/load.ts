import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { answerQuestions } from "../harness/answer-questions.ts";

/** Repeats one request and counts the answers. Lean, so that the server is what is measured. */
export type Load = {
  url: string;
  headers: Record<string, string>;
  connections: number;
  milliseconds: number;
  /** The status that every answer has to have. */
  status: number;
};

export type Loaded = { perSecond: number; p99Ms: number };

answerQuestions({ load });

async function load({ url, headers, connections, milliseconds, status }: Load): Promise<Loaded> {
  const target = new URL(url);
  const lines = Object.entries({ host: target.host, ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const request = Buffer.from(`GET ${target.pathname} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  const size = await measureAnswer(target, request, status);
  const latencies: number[] = [];
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(target)));
  let isOver = false;
  const startedAt = performance.now();
  const work = sockets.map((socket) =>
    askRepeatedly(socket, { request, size, status, latencies, isOver: () => isOver }),
  );
  await Promise.race([sleep(milliseconds), Promise.all(work)]);
  isOver = true;
  const seconds = (performance.now() - startedAt) / 1_000;
  const count = latencies.length;
  for (const socket of sockets) socket.destroy();
  latencies.sort((one, other) => one - other);
  return { perSecond: count / seconds, p99Ms: latencies[Math.floor(count * 0.99)] ?? 0 };
}

async function open(target: URL): Promise<Socket> {
  const socket = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
  await once(socket, "connect");
  return socket;
}

const SILENCE_MS = 60;
const PATIENCE_MS = 6_000;

/** Resolves to the length of the first answer, complete once nothing more comes; all later answers are as long. */
async function measureAnswer(target: URL, request: Buffer, status: number): Promise<number> {
  const socket = await open(target);
  socket.write(request);
  let answer = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    answer = Buffer.concat([answer, chunk]);
  });
  for (let waited = 0, before = -1; waited < PATIENCE_MS; waited += SILENCE_MS) {
    if (answer.length > 0 && answer.length === before) break;
    before = answer.length;
    await sleep(SILENCE_MS);
  }
  socket.destroy();
  const text = answer.toString("latin1");
  if (!text.startsWith(`HTTP/1.1 ${status}`))
    throw new Error(`Not ${status}: ${text.slice(0, 400)}`);
  return answer.length;
}

type Asking = {
  request: Buffer;
  size: number;
  status: number;
  latencies: number[];
  isOver: () => boolean;
};

function askRepeatedly(socket: Socket, { request, size, status, latencies, isOver }: Asking) {
  const line = Buffer.from(`HTTP/1.1 ${status}`);
  return new Promise<void>((_, reject) => {
    let received = 0;
    let askedAt = performance.now();
    socket.on("error", (error) => !isOver() && reject(error));
    socket.on("data", (chunk) => {
      if (received === 0 && chunk.compare(line, 0, line.length, 0, line.length) !== 0) {
        reject(new Error(`An answer is not ${status}: ${chunk.toString("latin1").slice(0, 200)}`));
      }
      received += chunk.length;
      if (received < size || isOver()) return;
      const now = performance.now();
      latencies.push(now - askedAt);
      received -= size;
      askedAt = now;
      socket.write(request);
    });
    socket.write(request);
  });
}
