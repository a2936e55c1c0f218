import {
  type Customer,
  decideInbound,
  type InboundDecision,
  type InboundMessage,
  type MessageStatus,
  toMessageWebhook,
  toStatusWebhook,
} from "#sdk/rules.ts";
import type { PayloadEntry } from "./read-payload.ts";

const OFF = { acceptsBsuid: false };
const ON = { acceptsBsuid: true };

/** A result for a number that is off, and for one that is on. */
export type OffAndOn<What> = { off: What; on: What };

/** The decisions on a message, which are often equal. */
export function decideBoth(customer: Customer): OffAndOn<InboundDecision> {
  return { off: decideInbound(customer, OFF), on: decideInbound(customer, ON) };
}

/**
 * The decision for a number that accepts or does not; null where it depends on a state that is not known
 * yet.
 */
export function pickDecision(
  { off, on }: OffAndOn<InboundDecision>,
  acceptsBsuid: boolean | null,
): InboundDecision | null {
  if (off.action === on.action) return off;
  if (acceptsBsuid === null) return null;
  return acceptsBsuid ? on : off;
}

/** The business's webhooks; null where there is none. */
export function toWebhooks(entry: InboundMessage | MessageStatus): OffAndOn<object | null> {
  if (entry.kind === "status") {
    return { off: toStatusWebhook(entry, { flag: OFF }), on: toStatusWebhook(entry, { flag: ON }) };
  }
  const { off, on } = decideBoth(entry.customer);
  return {
    off: off.action === "accept" ? toMessageWebhook(entry, OFF) : null,
    on: on.action === "accept" ? toMessageWebhook(entry, ON) : null,
  };
}

export const TALLY_KEYS = [
  "accept",
  "drop",
  "refuse",
  "undecided",
  "status",
  "identity_change",
  "other",
  "problem",
] as const;
export type Tally = Record<(typeof TALLY_KEYS)[number], number>;

/** Counts a payload's entries by decision. */
export function tally(
  entries: readonly PayloadEntry[],
  acceptsOf: (entry: PayloadEntry) => boolean | null,
): Tally {
  const counts = Object.fromEntries(TALLY_KEYS.map((what) => [what, 0])) as Tally;
  for (const entry of entries) {
    if (entry.kind !== "message") counts[entry.kind] += 1;
    else {
      const decision = pickDecision(decideBoth(entry.customer), acceptsOf(entry));
      counts[decision?.action ?? "undecided"] += 1;
    }
  }
  return counts;
}
