import { createHmac } from "node:crypto";
import { Pool } from "undici";

const CONNECTIONS = 64;
const ANSWER_MS = 10_000;
const CONNECT_MS = 5_000;
/** Of an answer's body, which nobody reads: a longer one is cut, and its connection with it. */
const MOST_BODY_BYTES = 65_536;

/** What became of one attempt; `why` is for the log and holds nothing of the webhook. */
export type Attempt = { isDelivered: true } | { isDelivered: false; why: string };

/** Posts webhooks to the business's address over connections that stay open. */
export class WebhookSender {
  readonly #pool: Pool;
  readonly #path: string;
  readonly #secret: string;

  constructor({ url, secret }: { url: string; secret: string }) {
    const { origin, pathname, search } = new URL(url);
    this.#path = pathname + search;
    this.#secret = secret;
    this.#pool = new Pool(origin, {
      connections: CONNECTIONS,
      connect: { timeout: CONNECT_MS },
      headersTimeout: ANSWER_MS,
      bodyTimeout: ANSWER_MS,
    });
  }

  /** How many attempts can be under way at once. */
  static readonly capacity = CONNECTIONS;

  /** One attempt. Delivered is what a status from 200 to 299 answers; a redirect is not followed. */
  send({ eventId, payload }: { eventId: string; payload: string }): Promise<Attempt> {
    const headers = {
      "content-type": "application/json",
      "x-connectly-hmac-sha256": signWebhook(payload, this.#secret),
      "x-connectly-event-id": eventId,
    };
    const request = { path: this.#path, method: "POST" as const, headers, body: payload };
    return new Promise((resolve) => {
      let [status, bytes, startedAt] = [0, 0, 0];
      // Undici's own handler: its request() makes a stream of each answer's body, which nobody reads here.
      this.#pool.dispatch(request, {
        onRequestStart: () => {},
        onResponseStart: (_, statusCode) => {
          status = statusCode;
          startedAt = performance.now();
        },
        onResponseData: (controller, chunk) => {
          bytes += chunk.length;
          const isEndless = bytes > MOST_BODY_BYTES || performance.now() - startedAt > ANSWER_MS;
          if (isEndless) controller.abort(new Error("The answer does not end."));
        },
        onResponseEnd: () => resolve(toAttempt(status)),
        onResponseError: (_, error) => {
          const { code, name } = error as { code?: string; name: string };
          // The status is the answer, whatever becomes of the rest.
          resolve(status > 0 ? toAttempt(status) : { isDelivered: false, why: code ?? name });
        },
      });
    });
  }

  /** Cuts what is under way: those webhooks go out again after the next start. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

function toAttempt(status: number): Attempt {
  if (status >= 200 && status < 300) return { isDelivered: true };
  return { isDelivered: false, why: `status ${status}` };
}

/** Connectly's signature: HMAC-SHA256 over the raw body, in base64. */
export function signWebhook(payload: string, secret: string): string {
  return createHmac("sha256", secret).update(payload).digest("base64");
}
