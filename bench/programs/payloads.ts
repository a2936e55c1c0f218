import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { aMessage, aPayload } from "../../runtime/testing/payloads.ts";
import { answerQuestions } from "../harness/answer-questions.ts";
import { monotonicMs } from "../harness/monotonic-ms.ts";

/** Posts Meta's payloads, each with one message of its own. Lean, so that the server is what is measured. */
export type PayloadLoad = {
  url: string;
  connections: number;
  /** The place of the first one: no message comes twice. */
  from: number;
  milliseconds: number;
  /** Over all connections; as fast as answers come when there is none. */
  perSecond?: number;
};

/** When each was sent, in order; `milliseconds` until the last was answered. */
export type PayloadsSent = { sentAt: number[]; milliseconds: number };

/** What is put in for each payload: as long as its digits, and no digits itself. */
const PLACE = "THE-PLACE-";
const NUMBER = "300000000000001";
/** Customers take turns, so that nobody's webhooks wait for each other. */
const CUSTOMERS = 10_000;
const CUSTOMER = "WHO-";

answerQuestions({ post });

async function post(load: PayloadLoad): Promise<PayloadsSent> {
  const target = new URL(load.url);
  const sockets = await Promise.all(
    Array.from({ length: load.connections }, async () => {
      const socket = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
      await once(socket, "connect");
      return socket;
    }),
  );
  const sentAt: number[] = [];
  const startedAt = monotonicMs();
  const next = () => {
    const due = load.perSecond ? startedAt + (sentAt.length * 1_000) / load.perSecond : 0;
    const now = monotonicMs();
    if (now - startedAt >= load.milliseconds) return null;
    // Sent when it was due: a server that is late must not make the next ones late, too.
    sentAt.push(due || now);
    return { request: toRequest(load.from + sentAt.length - 1), waitMs: Math.max(0, due - now) };
  };
  await Promise.all(sockets.map((socket) => postRepeatedly(socket, next)));
  const milliseconds = monotonicMs() - startedAt;
  for (const socket of sockets) socket.destroy();
  return { sentAt, milliseconds };
}

const BODY = JSON.stringify(
  aPayload(
    aMessage({
      to: NUMBER,
      from: { phone: `1555010${CUSTOMER}`, bsuid: `US.1349120865530274${CUSTOMER}`, name: "Ana" },
      id: `wamid.${PLACE}`,
      text: `text ${PLACE}`,
    }),
  ),
);
const HEAD = `POST /meta/webhook HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n`;

/** The text of a request, in pieces between what differs. */
const PIECES = (HEAD + BODY).split(new RegExp(`(${PLACE}|${CUSTOMER})`));

function toRequest(place: number): string {
  const filled: Record<string, string> = {
    [PLACE]: String(place).padStart(PLACE.length, "0"),
    [CUSTOMER]: String(place % CUSTOMERS).padStart(CUSTOMER.length, "0"),
  };
  let request = "";
  for (const piece of PIECES) request += filled[piece] ?? piece;
  return request;
}

type Next = () => { request: string; waitMs: number } | null;

/** One at a time over this connection, until there is no next. */
function postRepeatedly(socket: Socket, next: Next): Promise<void> {
  return new Promise((resolve, reject) => {
    const turn = () => {
      const due = next();
      if (due === null) resolve();
      else if (due.waitMs > 0) setTimeout(() => socket.write(due.request, "latin1"), due.waitMs);
      else socket.write(due.request, "latin1");
    };
    socket.on("error", reject);
    socket.on("data", (answer: Buffer) => {
      if (answer.toString("latin1", 9, 12) === "200") turn();
      else reject(new Error(`Not taken: ${answer.toString("latin1", 0, 400)}`));
    });
    turn();
  });
}
