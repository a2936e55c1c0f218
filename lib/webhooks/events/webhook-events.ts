/** What an endpoint can be told of; public, so never renamed. */
export const WEBHOOK_EVENTS = [
  "flag.changed",
  "flag.batch",
  "request.opened",
  "request.decided",
  "request.void",
  "schedule.done",
  "schedule.failed",
  "runtime.behind",
  "runtime.silent",
  "audit.broken",
] as const;

export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** Of a webhook that an admin sends to try an endpoint. */
export const TEST_EVENT = "webhook.test";
