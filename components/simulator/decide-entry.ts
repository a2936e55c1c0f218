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

/** What becomes of something on a number that is off, and on one that is on. */
export type OffAndOn<What> = { off: What; on: What };

/** A message's decisions; they often are the same. */
export function decideBoth(customer: Customer): OffAndOn<InboundDecision> {
  return { off: decideInbound(customer, OFF), on: decideInbound(customer, ON) };
}

/** The decision for a number that accepts or does not; null where it depends on what is not known yet. */
export function pickDecision(
  { off, on }: OffAndOn<InboundDecision>,
  acceptsBsuid: boolean | null,
): InboundDecision | null {
  if (off.action === on.action) return off;
  if (acceptsBsuid === null) return null;
  return acceptsBsuid ? on : off;
}

/** What the business's webhook gets; null where it gets nothing. */
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

export const TALLIED = [
  "accept",
  "drop",
  "refuse",
  "undecided",
  "status",
  "identity_change",
  "other",
  "problem",
] as const;
export type Tally = Record<(typeof TALLIED)[number], number>;

/** How many of a payload's entries meet which end. */
export function tally(
  entries: readonly PayloadEntry[],
  acceptsOf: (entry: PayloadEntry) => boolean | null,
): Tally {
  const counts = Object.fromEntries(TALLIED.map((what) => [what, 0])) as Tally;
  for (const entry of entries) {
    if (entry.kind !== "message") counts[entry.kind] += 1;
    else {
      const decision = pickDecision(decideBoth(entry.customer), acceptsOf(entry));
      counts[decision?.action ?? "undecided"] += 1;
    }
  }
  return counts;
}
