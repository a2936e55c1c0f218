import type { AuditAction, AuditEvent } from "#lib/audit/event.ts";
import { EVENT_ICONS } from "./event-icons.ts";

/** The message that describes an event, in the namespace `event`, with its parameters. */
export type EventSentence =
  | { key: `sentence.${AuditAction}`; values: { outcome: AuditEvent["outcome"] } }
  | { key: "other"; values: { action: string } };

/**
 * A sentence for an action that this console knows. An entry from a newer version is described by its
 * action's name.
 */
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

/** The area of an action: the part before its dot. */
export function areaOf(action: AuditAction): AreaOf<AuditAction> {
  return action.slice(0, action.indexOf(".")) as AreaOf<AuditAction>;
}
