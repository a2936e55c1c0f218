import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { requireEntry } from "./get-audit-event.ts";
import { hideOriginOpenings } from "./private/hide-origins.ts";
import { readOpenings } from "./private/open-events.ts";
import { type SignedEntry, toSignedEntry } from "./private/signed-entry.ts";

/**
 * Gets one entry by `seq` or id in the form that was hashed, with the openings of its commitments.
 * Takes `audit:read`; `origin:read` for the openings of where colleagues acted from.
 *
 * @throws AppError NOT_FOUND
 */
export async function getSignedEntry(actor: Actor, which: string): Promise<SignedEntry> {
  authorize(actor, "audit:read");
  const event = await requireEntry(which);
  const openings = await readOpenings([event]);
  return toSignedEntry(event, hideOriginOpenings(actor, event, openings));
}
