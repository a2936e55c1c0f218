import { createHmac } from "node:crypto";
import { Pool } from "undici";

const CONNECTIONS = 64;
const ANSWER_MS = 10_000;
const CONNECT_MS = 5_000;

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
  async send({ eventId, payload }: { eventId: string; payload: string }): Promise<Attempt> {
    try {
      const { statusCode, body } = await this.#pool.request({
        path: this.#path,
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-connectly-hmac-sha256": signWebhook(payload, this.#secret),
          "x-connectly-event-id": eventId,
        },
        body: payload,
      });
      await body.dump();
      if (statusCode >= 200 && statusCode < 300) return { isDelivered: true };
      return { isDelivered: false, why: `status ${statusCode}` };
    } catch (error) {
      const { code, name } = error as { code?: string; name: string };
      return { isDelivered: false, why: code ?? name };
    }
  }

  /** Cuts what is under way: those webhooks go out again after the next start. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

/** Connectly's signature: HMAC-SHA256 over the raw body, in base64. */
export function signWebhook(payload: string, secret: string): string {
  return createHmac("sha256", secret).update(payload).digest("base64");
}
