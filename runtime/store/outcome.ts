import type { MessageCase } from "#sdk/rules.ts";

type Decided = {
  /** Tells it from all other items about its message, so that a repeated one is handled once. */
  dedupeKey: string;
  /** Milliseconds since 1970. */
  at: number;
  phoneNumberId: string;
  /** Meta's id, which contains its customer's phone or BSUID: of a drop only its pseudonym is kept. */
  messageId: string;
  case: MessageCase;
  /** Whether it is a customer's message, which is counted for the console. */
  isCounted: boolean;
};

/** A webhook for the business. Those that share a lane are delivered in the order they were decided in. */
export type WebhookOutcome = Decided & {
  kind: "webhook";
  topic: "messages" | "delivery_status";
  /** One lane for each id of the customer with that number; one a line. */
  lanes: string;
  /** The body that is signed and sent. */
  payload: string;
  /**
   * The body that is kept after delivery if it is about somebody whose messages are dropped, without anything
   * that identifies them. Null: the whole body is kept.
   */
  anonymousPayload: string | null;
};

/** A part of a payload that could not be read as a message. Fields that it does not name are null. */
export type UnreadableItem = {
  at: number;
  phoneNumberId: string | null;
  messageId: string | null;
  why: string;
  /** Meta's code for an error that Meta reports. */
  code: number | null;
};

/** The decision about one message or status: a webhook, a drop by the flag, or a refusal. */
export type Outcome =
  | WebhookOutcome
  | (Decided & { kind: "drop"; cursor: string | null })
  | (Decided & { kind: "refused"; why: string });
