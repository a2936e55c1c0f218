import type { AuditAction, AuditEvent, AuditTarget, DraftFields } from "../audit/event.ts";
import type { Actor, Origin, SystemActor } from "./actor.ts";

/** Somebody was not let in, or not let do something: what the trail shall say of it. */
export type Refusal = {
  actor: Actor;
  action: AuditAction;
  outcome: Exclude<AuditEvent["outcome"], "success">;
  target: AuditTarget;
  details: DraftFields;
  /** What makes no kind of its own, as what was asked for does not: of repeats the first one's is kept. */
  tried?: DraftFields;
  /** Whose address and browser it came from, where that is not the actor or the target. */
  originPersonId?: string | null;
};

/** Whoever has not shown who they are. */
export function toAnonymousActor(origin: Origin): SystemActor {
  return { type: "system", id: "anonymous", name: "Nobody signed in", permissions: [], origin };
}

export function isAnonymous(actor: Actor): boolean {
  return actor.type === "system" && actor.id === "anonymous";
}
