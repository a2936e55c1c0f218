/**
 * How long the rows of a table are kept, by a time of theirs; those of every other table for good. Once an hour
 * the console deletes what is older. docs/operating/keeping.md says the same.
 */
export const KEPT_FOR = {
  notice: { days: 90 },
  webhook_delivery: { days: 30 },
  selection: { days: 1 },
  idempotency_key: { days: 1 },
  session: { days: 30 },
  sign_in_failures: { days: 1 },
  refusal_window: { days: 1 },
  traffic_count: { months: 13 },
  report_receipt: { days: 2 },
  runtime_instance: { days: 7 },
  refused_report: { days: 7 },
} as const satisfies Record<string, { days: number } | { months: number }>;
