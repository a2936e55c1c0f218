import type { AuditEvent } from "#lib/audit/event.ts";

/** Whether the actor had not shown who they are, as in a failed sign-in. */
export function isAnonymousActor({ type, id }: AuditEvent["actor"]): boolean {
  return type === "system" && id === "anonymous";
}
