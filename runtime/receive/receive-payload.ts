import type { FlagClient } from "#sdk/flag-client.ts";
import { readWebhook, type WebhookItem } from "#sdk/rules.ts";
import type { Outbox } from "../outbox.ts";
import type { Outcome } from "../store/outcome.ts";
import { decideMessage, decideStatus } from "./decide-item.ts";

type Parts = { flags: FlagClient; outbox: Pick<Outbox, "record"> };

/** How much of a payload was new, and what could not be read of it. */
export type Received = {
  delivered: number;
  dropped: number;
  refused: number;
  repeated: number;
  problems: string[];
};

/**
 * Decides about each message and status of a payload of Meta's, and resolves once the decisions are on
 * disk. What Meta repeats keeps its first decision, and is counted once.
 *
 * @throws Error when nothing of it could be kept
 */
export async function receivePayload(body: unknown, { flags, outbox }: Parts): Promise<Received> {
  const { items, problems } = readWebhook(body);
  const outcomes = items.flatMap((item) => decide(item, flags) ?? []);
  const areNew = outcomes.length > 0 ? await outbox.record(outcomes) : [];
  const fresh = outcomes.filter((_, index) => areNew[index]);
  for (const outcome of fresh) count(outcome, flags);
  const kinds = (kind: Outcome["kind"]) => fresh.filter((one) => one.kind === kind).length;
  return {
    delivered: kinds("webhook"),
    dropped: kinds("drop"),
    refused: kinds("refused"),
    repeated: outcomes.length - fresh.length,
    problems: problems.map(({ path, message }) => `${path}: ${message}`),
  };
}

function decide(item: WebhookItem, flags: FlagClient): Outcome | null {
  if (item.kind === "message") return decideMessage(item, flags);
  if (item.kind === "status") return decideStatus(item, { flags, sent: null });
  return null;
}

/** Messages only: a status is no customer's message. */
function count(outcome: Outcome, flags: FlagClient): void {
  if (outcome.kind === "webhook" && outcome.topic !== "messages") return;
  flags.count(outcome.phoneNumberId, outcome.case, { accepted: outcome.kind === "webhook" });
}
