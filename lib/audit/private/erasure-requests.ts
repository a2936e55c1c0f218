import type { SignedEvent } from "../event.ts";
import type { TrailFault } from "../verify/trail-check.ts";
import { ERASURE_WAIT_HOURS, toErasureDue } from "./erasure-wait.ts";

/** Who asked for an erasure, and when; null once it was withdrawn or applied. */
type Request = { by: string; at: Date } | null;

/** Checks, over several files, that somebody else requested each erasure at least 72 hours before. */
export class ErasureRequests {
  readonly #asked = new Map<string, Request>();
  #beganAtFirst = false;

  take({ seq, action, outcome, actor, target, occurredAt }: SignedEvent): TrailFault | null {
    if (seq === 1) this.#beganAtFirst = true;
    if (target.type !== "person" || outcome !== "success") return null;
    const at = new Date(occurredAt);
    if (action === "person.erasure_requested") this.#asked.set(target.id, { by: actor.id, at });
    if (action === "person.erasure_withdrawn") this.#asked.set(target.id, null);
    if (action !== "person.erased") return null;
    const request = this.#asked.get(target.id);
    this.#asked.set(target.id, null);
    // The request may be in an earlier part of the trail, which was not given.
    if (request === undefined && !this.#beganAtFirst) return null;
    if (request && request.by !== target.id && toErasureDue(request.at) <= at) return null;
    const problem = `Entry ${seq} erased a person, and nobody else asked for it ${ERASURE_WAIT_HOURS} hours before.`;
    return { seq, problem };
  }
}
