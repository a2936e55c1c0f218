import type { PersonActor } from "#lib/access/actor.ts";
import { AppError } from "#lib/errors.ts";

/** The page that acts was made for one person, and another one is signed in by now. */
export class OtherPersonSignedIn extends AppError {
  constructor() {
    super("PRECONDITION_FAILED", "Somebody else has signed in in this browser.");
  }
}

/**
 * Refuses what a page does for somebody else than it was made for: browsers share their cookies
 * among all tabs, so another tab may have changed who is signed in.
 *
 * @throws OtherPersonSignedIn
 */
export function requireViewer(actor: PersonActor, viewerId: string): void {
  if (actor.id !== viewerId) throw new OtherPersonSignedIn();
}
