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
/** Customers take turns, so that nobody's webhooks wait for each other. None has the number's own phone. */
const CUSTOMERS = 10_000;
const CUSTOMER = "WHO-";

const BODY = JSON.stringify(
  aPayload(
    aMessage({
      to: NUMBER,
      from: { phone: `1555011${CUSTOMER}`, bsuid: `US.1349120865530274${CUSTOMER}`, name: "Ana" },
      id: `wamid.${PLACE}`,
      text: `text ${PLACE}`,
    }),
  ),
);
const HEAD = `POST /meta/webhook HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n`;
const REQUEST = HEAD + BODY;
const PLACES_AT = listPlaces(PLACE);
const CUSTOMERS_AT = listPlaces(CUSTOMER);

/** Of an answer, which has no body. */
const MOST_ANSWER_BYTES = 16_384;
/** Where the status stands in it. */
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
    // Sent when it was due: a server that is late must not make the next ones late, too.
    sentAt.push(dueAt || now);
    return { place: load.from + sentAt.length - 1, waitMs: Math.max(0, dueAt - now) };
  };
  await Promise.all(connections.map((connection) => connection.postRepeatedly(next)));
  const milliseconds = monotonicMs() - startedAt;
  for (const connection of connections) connection.close();
  return { sentAt, milliseconds };
}

function listPlaces(what: string): number[] {
  return [...REQUEST.matchAll(new RegExp(what, "g"))].map(({ index }) => index);
}

type Next = () => { place: number; waitMs: number } | null;

/** Posts one at a time. What it sends and what it reads has one buffer each: no streams, nothing to collect. */
class Connection {
  readonly #socket: Socket;
  readonly #request = Buffer.from(REQUEST, "latin1");
  readonly #answer = Buffer.alloc(MOST_ANSWER_BYTES);
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

  /** Until there is no next. */
  postRepeatedly(next: Next): Promise<void> {
    return new Promise((resolve, reject) => {
      const turn = () => {
        const slot = next();
        if (slot === null) resolve();
        else if (slot.waitMs > 0) setTimeout(() => this.#post(slot.place), slot.waitMs);
        else this.#post(slot.place);
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

  #post(place: number): void {
    this.#putDigits(place, PLACE.length, PLACES_AT);
    this.#putDigits(place % CUSTOMERS, CUSTOMER.length, CUSTOMERS_AT);
    this.#socket.write(this.#request);
  }

  #putDigits(value: number, width: number, places: readonly number[]): void {
    let rest = value;
    for (let index = width - 1; index >= 0; index -= 1) {
      const digit = ZERO + (rest % 10);
      for (const at of places) this.#request[at + index] = digit;
      rest = Math.trunc(rest / 10);
    }
  }
}
