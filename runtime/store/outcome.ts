import type { MessageCase } from "#sdk/rules.ts";

type Decided = {
  /** What tells it from all else about that message: what comes again is handled once. */
  dedupeKey: string;
  /** Milliseconds since 1970. */
  at: number;
  phoneNumberId: string;
  /** Meta's, which holds its customer's phone or BSUID: of a drop only its pseudonym is kept. */
  messageId: string;
  case: MessageCase;
  /** Whether it is a customer's message, which the console hears of. */
  isCounted: boolean;
};

/** A webhook for the business. Those that share a lane are delivered in the order they were decided in. */
export type WebhookOutcome = Decided & {
  kind: "webhook";
  topic: "messages" | "delivery_status";
  /** One for each id of the customer with that number; one a line. */
  lanes: string;
  /** The body, as it is signed and sent. */
  payload: string;
  /**
   * What is kept of the body once it is delivered, about somebody whose messages are dropped: nothing that
   * identifies them. Null: all of it.
   */
  anonymousPayload: string | null;
};

/** A part of a payload that could not be read, and is nobody's message. What it does not name is null. */
export type UnreadableItem = {
  at: number;
  phoneNumberId: string | null;
  messageId: string | null;
  why: string;
  /** Meta's, of an error that Meta reports. */
  code: number | null;
};

/** What was decided about one message or status: a webhook, a drop by the flag, or a refusal. */
export type Outcome =
  | WebhookOutcome
  | (Decided & { kind: "drop"; cursor: string | null })
  | (Decided & { kind: "refused"; why: string });
