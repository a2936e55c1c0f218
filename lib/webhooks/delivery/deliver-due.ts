import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { isUnavailable } from "../../db/is-unavailable.ts";
import { logger } from "../../logger.ts";
import { attemptDelivery } from "./attempt-delivery.ts";
import { type Claim, claimDeliveries, findDueEndpoints } from "./claim.ts";

/** How many webhooks a console sends at once: so many of one endpoint that a slow one delays no other. */
const MAX_OF_ENDPOINT = 4;
const MAX_AT_ONCE = 40;

/** The webhooks that this console is sending. */
export class InFlight {
  readonly #ending = new AbortController();
  readonly #counts = new Map<string, number>();
  readonly #running = new Set<Promise<void>>();

  /** How many more may be sent to an endpoint now. */
  room(endpointId: string): number {
    const ofEndpoint = MAX_OF_ENDPOINT - (this.#counts.get(endpointId) ?? 0);
    return Math.max(0, Math.min(ofEndpoint, MAX_AT_ONCE - this.#running.size));
  }

  start(claim: Claim): void {
    const { endpointId } = claim;
    this.#count(endpointId, 1);
    const running = attempt(claim, this.#ending.signal).finally(() => {
      this.#count(endpointId, -1);
      this.#running.delete(running);
    });
    this.#running.add(running);
  }

  /** Waits for all that are being sent. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Gives back what is being sent. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.settled();
  }

  #count(endpointId: string, by: number): void {
    const count = (this.#counts.get(endpointId) ?? 0) + by;
    if (count === 0) this.#counts.delete(endpointId);
    else this.#counts.set(endpointId, count);
  }
}

/** A failure leaves the lease, after whose end it is tried again. */
async function attempt(claim: Claim, signal: AbortSignal): Promise<void> {
  try {
    await attemptDelivery(claim, signal);
  } catch (error) {
    if (isUnavailable(error)) return;
    const cause = error instanceof Error ? error.message : String(error);
    logger().warn({ deliveryId: claim.id, cause }, "What became of a webhook was not recorded.");
  }
}

/**
 * Begins to send the webhooks that are due, as many as there is room for. Takes `webhook:deliver`, which only
 * the console itself has.
 *
 * @returns whether some were begun, so that others may be due
 */
export async function deliverDue(actor: Actor, inFlight = new InFlight()): Promise<boolean> {
  authorize(actor, "webhook:deliver");
  let isBusy = false;
  for (const endpointId of await findDueEndpoints()) {
    const room = inFlight.room(endpointId);
    if (room === 0) continue;
    const claims = await claimDeliveries(endpointId, room);
    for (const claim of claims) inFlight.start(claim);
    isBusy ||= claims.length > 0;
  }
  return isBusy;
}
