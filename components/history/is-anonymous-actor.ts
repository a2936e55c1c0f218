import type { AuditEvent } from "#lib/audit/event.ts";

/** Whether the entry is of whoever had not shown who they are, such as a failed sign-in. */
export function isAnonymousActor({ type, id }: AuditEvent["actor"]): boolean {
  return type === "system" && id === "anonymous";
}
