import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { aMessage, aPayload } from "../../runtime/testing/payloads.ts";
import { answerQuestions } from "../harness/answer-questions.ts";
import { monotonicMs } from "../harness/monotonic-ms.ts";

/** Posts Meta's payloads, each with another message. Lean, so that the server is what is measured. */
export type PayloadLoad = {
  url: string;
  connections: number;
  /** The index of the first message; each has another index, so that none comes twice. */
  from: number;
  milliseconds: number;
  /** The rate over all connections. Unset, the next payload follows each answer at once. */
  perSecond?: number;
};

/** When each payload was sent, in order; `milliseconds` until the last was answered. */
export type PayloadsSent = { sentAt: number[]; milliseconds: number };

/** Replaced by the index in each payload; as long as its digits, without being digits itself. */
const INDEX = "THE-INDEX-";
const NUMBER = "300000000000001";
/** Customers take turns, so that webhooks rarely wait for the same customer's. None has the number's own phone. */
const CUSTOMERS = 10_000;
const CUSTOMER = "WHO-";

const BODY = JSON.stringify(
  aPayload(
    aMessage({
      to: NUMBER,
      from: { phone: `1555011${CUSTOMER}`, bsuid: `US.1349120865530274${CUSTOMER}`, name: "Ana" },
      id: `wamid.${INDEX}`,
      text: `text ${INDEX}`,
    }),
  ),
);
const HEAD = `POST /meta/webhook HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n`;
const REQUEST = HEAD + BODY;
const INDEX_POSITIONS = listPositions(INDEX);
const CUSTOMER_POSITIONS = listPositions(CUSTOMER);

/** The most that an answer, which has no body, may have. */
const MAX_ANSWER_BYTES = 16_384;
/** Where an answer has its status. */
const STATUS_AT = "HTTP/1.1 ".length;
const TAKEN = Buffer.from("200").readUIntBE(0, 3);
const ZERO = "0".charCodeAt(0);

answerQuestions({ post });

async function post(load: PayloadLoad): Promise<PayloadsSent> {
  const connections = Array.from({ length: load.connections }, () => new Connection(load.url));
  await Promise.all(connections.map((connection) => connection.opened()));
  const sentAt: number[] = [];
  const startedAt = monotonicMs();
  const next = () => {
    const dueAt = load.perSecond ? startedAt + (sentAt.length * 1_000) / load.perSecond : 0;
    const now = monotonicMs();
    if (now - startedAt >= load.milliseconds) return null;
    // Counted from when it should be sent, so that a slow server cannot hide its delay.
    sentAt.push(dueAt || now);
    return { index: load.from + sentAt.length - 1, waitMs: Math.max(0, dueAt - now) };
  };
  await Promise.all(connections.map((connection) => connection.postRepeatedly(next)));
  const milliseconds = monotonicMs() - startedAt;
  for (const connection of connections) connection.close();
  return { sentAt, milliseconds };
}

function listPositions(what: string): number[] {
  return [...REQUEST.matchAll(new RegExp(what, "g"))].map(({ index }) => index);
}

type Next = () => { index: number; waitMs: number } | null;

/** Posts one payload at a time, with one buffer for requests and one for answers: no streams, no garbage. */
class Connection {
  readonly #socket: Socket;
  readonly #request = Buffer.from(REQUEST, "latin1");
  readonly #answer = Buffer.alloc(MAX_ANSWER_BYTES);
  #onAnswer: (length: number) => void = () => {};

  constructor(url: string) {
    const { hostname: host, port } = new URL(url);
    const callback = (length: number) => {
      this.#onAnswer(length);
      return true;
    };
    this.#socket = connect({
      host,
      port: Number(port),
      noDelay: true,
      onread: { buffer: this.#answer, callback },
    });
  }

  async opened(): Promise<void> {
    await once(this.#socket, "connect");
  }

  /** Posts until `next` returns null. */
  postRepeatedly(next: Next): Promise<void> {
    return new Promise((resolve, reject) => {
      const turn = () => {
        const slot = next();
        if (slot === null) resolve();
        else if (slot.waitMs > 0) setTimeout(() => this.#post(slot.index), slot.waitMs);
        else this.#post(slot.index);
      };
      this.#socket.on("error", reject);
      this.#onAnswer = (length) => {
        if (this.#answer.readUIntBE(STATUS_AT, 3) === TAKEN) turn();
        else reject(new Error(`Not taken: ${this.#answer.toString("latin1", 0, length)}`));
      };
      turn();
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #post(index: number): void {
    this.#putDigits(index, INDEX.length, INDEX_POSITIONS);
    this.#putDigits(index % CUSTOMERS, CUSTOMER.length, CUSTOMER_POSITIONS);
    this.#socket.write(this.#request);
  }

  #putDigits(value: number, width: number, positions: readonly number[]): void {
    let rest = value;
    for (let digitIndex = width - 1; digitIndex >= 0; digitIndex -= 1) {
      const digit = ZERO + (rest % 10);
      for (const at of positions) this.#request[at + digitIndex] = digit;
      rest = Math.trunc(rest / 10);
    }
  }
}
