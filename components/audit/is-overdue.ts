import type { Verification } from "#lib/audit/jobs/read-verification.ts";

/** Verification is daily: after two days something prevents it. */
const OVERDUE_MS = 2 * 24 * 3_600_000;

/** Whether the trail should have been verified again by now. */
export function isOverdue({ verifiedAt }: Pick<Verification, "verifiedAt">, now: Date): boolean {
  return now.getTime() - verifiedAt.getTime() > OVERDUE_MS;
}
