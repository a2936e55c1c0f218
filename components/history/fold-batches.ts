import type { AuditEvent } from "#lib/audit/event.ts";

/** The actions on numbers that are described together when a batch has several of them. */
const FOLDED = ["flag.enabled", "flag.disabled"] as const;

export type FoldedAction = (typeof FOLDED)[number];

/** An entry, or entries of one batch that stand side by side and say the same of several numbers. */
export type Line =
  | { event: AuditEvent; batch: null }
  | { event: AuditEvent; batch: { action: FoldedAction; events: AuditEvent[] } };

/** Folds entries of one batch that stand side by side into one line, in the order they were given in. */
export function foldBatches(events: readonly AuditEvent[]): Line[] {
  const runs: AuditEvent[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run?.[0] && isSameChange(run[0], event)) run.push(event);
    else runs.push([event]);
  }
  return runs.flatMap(toLines);
}

function toLines(events: AuditEvent[]): Line[] {
  const [event] = events;
  const action = FOLDED.find((one) => one === event?.action);
  return event && action && events.length > 1
    ? [{ event, batch: { action, events } }]
    : events.map((one) => ({ event: one, batch: null }));
}

function isSameChange(one: AuditEvent, other: AuditEvent): boolean {
  return (
    one.batchId !== undefined &&
    one.batchId === other.batchId &&
    one.action === other.action &&
    one.outcome === other.outcome &&
    one.reason === other.reason &&
    one.ticketUrl === other.ticketUrl
  );
}
