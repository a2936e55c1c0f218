import type { AuditAction, AuditEvent } from "#lib/audit/event.ts";
import { EVENT_ICONS } from "./event-icons.ts";

/** The message that tells an event, in the namespace `event`, with what it needs. */
export type EventSentence =
  | { key: `sentence.${AuditAction}`; values: { outcome: AuditEvent["outcome"] } }
  | { key: "other"; values: { action: string } };

/** In words when this console knows the action; an entry of a newer one is told by its name. */
export function toSentence({
  action,
  outcome,
}: Pick<AuditEvent, "action" | "outcome">): EventSentence {
  if (!isKnownAction(action)) return { key: "other", values: { action } };
  return { key: `sentence.${action}`, values: { outcome } };
}

export function isKnownAction(action: string): action is AuditAction {
  return Object.hasOwn(EVENT_ICONS, action);
}

type AreaOf<Action extends string> = Action extends `${infer Area}.${string}` ? Area : never;

/** What an action is about: the part before its dot. */
export function areaOf(action: AuditAction): AreaOf<AuditAction> {
  return action.slice(0, action.indexOf(".")) as AreaOf<AuditAction>;
}
