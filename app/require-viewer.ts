import type { PersonActor } from "#lib/access/actor.ts";
import { AppError } from "#lib/errors.ts";

/** The page was rendered for one person, and by now another one is signed in. */
export class OtherPersonSignedIn extends AppError {
  constructor() {
    super("PRECONDITION_FAILED", "Somebody else has signed in in this browser.");
  }
}

/**
 * Refuses an action from a page that was rendered for somebody else: all tabs of a browser share their
 * cookies, so another tab may have changed who is signed in.
 *
 * @throws OtherPersonSignedIn
 */
export function requireViewer(actor: PersonActor, viewerId: string): void {
  if (actor.id !== viewerId) throw new OtherPersonSignedIn();
}
