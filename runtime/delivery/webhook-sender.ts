import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { Client, type Dispatcher } from "undici";

const CONNECTIONS = 64;
const ANSWER_MS = 10_000;
const CONNECT_MS = 5_000;
/** The longest body of an answer. Nobody reads it; a longer one is cut, together with its connection. */
const MAX_BODY_BYTES = 65_536;
/** Error codes of undici and the system for a connection that the other side ended. */
const CUT = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

/** The result of one attempt; `why` is for the log and contains nothing of the webhook. */
export type Attempt = { isDelivered: true } | { isDelivered: false; why: string };

/** Posts webhooks to the business's address over connections that stay open. */
export class WebhookSender {
  /** A client for each connection: undici's pool, which would choose among them, takes an eighth more CPU. */
  readonly #clients: readonly Client[];
  /** The clients that are idle, or will be within this call; the one that was idle for the shortest time goes first. */
  readonly #free: Client[];
  readonly #path: string;
  readonly #secret: KeyObject;

  constructor({ url, secret }: { url: string; secret: string }) {
    const { origin, pathname, search } = new URL(url);
    this.#path = pathname + search;
    this.#secret = createSecretKey(secret, "utf8");
    const options = {
      connect: { timeout: CONNECT_MS },
      headersTimeout: ANSWER_MS,
      bodyTimeout: ANSWER_MS,
    };
    this.#clients = Array.from({ length: CONNECTIONS }, () => new Client(origin, options));
    this.#free = [...this.#clients];
  }

  /** How many attempts can be under way at once. */
  static readonly capacity = CONNECTIONS;

  /**
   * Makes one attempt, repeated at once if its connection is cut before an answer; calls `onEnd` once. A status
   * from 200 to 299 means delivered; redirects are not followed.
   *
   * @throws Error when `capacity` attempts are under way
   */
  send(
    { eventId, payload }: { eventId: string; payload: string },
    onEnd: (attempt: Attempt) => void,
  ): void {
    const body = Buffer.from(payload);
    const headers = {
      "content-type": "application/json",
      "x-connectly-hmac-sha256": signWebhook(body, this.#secret),
      "x-connectly-event-id": eventId,
    };
    const request = { path: this.#path, method: "POST" as const, headers, body };
    const client = this.#free.pop();
    if (!client) throw new Error(`More than ${CONNECTIONS} attempts at once.`);
    const end = (answer: Answer) => {
      this.#free.push(client);
      onEnd(toAttempt(answer));
    };
    post(client, request, (answer) => {
      if (!isCut(answer)) end(answer);
      else post(client, request, end);
    });
  }

  /** Cuts attempts under way: those webhooks are sent again after the next start. */
  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.destroy()));
  }
}

/** `status` is 0 without an answer; `code` then says why. */
type Answer = { status: number; code: string };

function post(
  client: Client,
  request: Dispatcher.DispatchOptions,
  onAnswer: (answer: Answer) => void,
): void {
  let [status, bytes, startedAt] = [0, 0, 0];
  // Undici's low-level handler: its request() would make a stream of each body, which nobody reads here.
  client.dispatch(request, {
    onRequestStart: () => {},
    onResponseStart: (_, statusCode) => {
      status = statusCode;
      startedAt = performance.now();
    },
    onResponseData: (controller, chunk) => {
      bytes += chunk.length;
      const isEndless = bytes > MAX_BODY_BYTES || performance.now() - startedAt > ANSWER_MS;
      if (isEndless) controller.abort(new Error("The answer does not end."));
    },
    onResponseEnd: () => onAnswer({ status, code: "" }),
    onResponseError: (_, error) => {
      const { code, name } = error as { code?: string; name: string };
      // The status counts, whatever happens to the rest of the answer.
      onAnswer({ status, code: code ?? name });
    },
  });
}

/**
 * Whether the connection ended before an answer began. A receiver may end one at any time, also when the
 * next request is on its way (RFC 9112, 9.3.1), so it is a failure only if it happens on a new one, too.
 */
function isCut({ status, code }: Answer): boolean {
  return status === 0 && CUT.has(code);
}

function toAttempt({ status, code }: Answer): Attempt {
  if (status >= 200 && status < 300) return { isDelivered: true };
  return { isDelivered: false, why: status > 0 ? `status ${status}` : code };
}

/** Connectly's signature: HMAC-SHA256 over the raw body, in base64. */
export function signWebhook(payload: Buffer | string, secret: KeyObject | string): string {
  return createHmac("sha256", secret).update(payload).digest("base64");
}
