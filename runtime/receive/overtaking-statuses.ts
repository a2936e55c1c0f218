import type { SendsInFlight } from "../send/sends-in-flight.ts";
import type { WebhookOutcome } from "../store/outcome.ts";
import type { SentMessage } from "../store/sent-messages.ts";
import type { Store } from "../store/store.ts";
import type { PendingWebhook } from "../store/webhook-queue.ts";

type CompleteBody = Pick<WebhookOutcome, "payload" | "anonymousPayload">;

/** A webhook that is on disk. `completeWith` makes its body once its message is known; null if it is complete. */
export type DecidedWebhook = {
  webhook: PendingWebhook;
  phoneNumberId: string;
  messageId: string;
  completeWith: ((sent: SentMessage) => CompleteBody) | null;
};

type Parts = {
  store: Pick<Store, "write" | "sent" | "events">;
  sends: SendsInFlight;
  deliver: (webhooks: readonly PendingWebhook[]) => void;
  onError: (error: unknown) => void;
};

/**
 * A status can come before Meta's answer to the send, which brings the message's id. While sends of the
 * number are under way, the status of an unknown message waits for them, and so does what follows in its
 * lanes; then it gets the business's id and callback data. If the process ends first, the next one
 * delivers it under Meta's id.
 */
export class OvertakingStatuses {
  readonly #parts: Parts;
  /** What each lane waits for. */
  readonly #lanes = new Map<string, Promise<void>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Passes on webhooks in the order they were decided in; holds back those that have to wait. */
  deliver(decided: readonly DecidedWebhook[]): void {
    const ready: PendingWebhook[] = [];
    for (const one of decided) {
      const settled =
        one.completeWith === null ? null : this.#parts.sends.settled(one.phoneNumberId);
      const before = lanesOf(one).flatMap((lane) => this.#lanes.get(lane) ?? []);
      if (settled === null && before.length === 0) ready.push(one.webhook);
      else this.#wait(one, Promise.all([settled, ...before]));
    }
    this.#parts.deliver(ready);
  }

  #wait(one: DecidedWebhook, until: Promise<unknown>): void {
    const lanes = lanesOf(one);
    const done = until
      .then(() => this.#complete(one))
      .then((webhook) => {
        this.#parts.deliver([webhook]);
        for (const lane of lanes) if (this.#lanes.get(lane) === done) this.#lanes.delete(lane);
      });
    for (const lane of lanes) this.#lanes.set(lane, done);
  }

  async #complete({ webhook, messageId, completeWith }: DecidedWebhook): Promise<PendingWebhook> {
    const { store, onError } = this.#parts;
    try {
      const sent = completeWith === null ? null : store.sent.find(messageId);
      if (completeWith === null || sent === null) return webhook;
      const body = completeWith(sent);
      await store.write(() => store.events.replacePayload(webhook.seq, body));
      return { ...webhook, payload: body.payload };
    } catch (error) {
      onError(error);
      return webhook;
    }
  }
}

function lanesOf({ webhook }: DecidedWebhook): string[] {
  return webhook.lanes.split("\n");
}
