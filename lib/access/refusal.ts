import type { AuditAction, AuditEvent, AuditTarget, DraftFields } from "../audit/event.ts";
import type { Actor, Origin, SystemActor } from "./actor.ts";

/** An attempt to sign in or to do something that was refused, with what the trail records of it. */
export type Refusal = {
  actor: Actor;
  action: AuditAction;
  outcome: Exclude<AuditEvent["outcome"], "success">;
  target: AuditTarget;
  details: DraftFields;
  /** Details that do not tell refusals apart: repeats with other ones are still counted as repeats. */
  tried?: DraftFields;
  /** Whose address and browser the origin is, if neither the actor's nor the target's. */
  originPersonId?: string | null;
};

/** The actor for somebody who is not signed in. */
export function toAnonymousActor(origin: Origin): SystemActor {
  return { type: "system", id: "anonymous", name: "Nobody signed in", permissions: [], origin };
}

export function isAnonymous(actor: Actor): boolean {
  return actor.type === "system" && actor.id === "anonymous";
}
