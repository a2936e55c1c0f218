import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { requireEntry } from "./get-audit-event.ts";
import { hideOriginOpenings } from "./private/hide-origins.ts";
import { readOpenings } from "./private/open-events.ts";
import { type SignedEntry, toSignedEntry } from "./private/signed-entry.ts";

/**
 * One entry by its place or its id, as it was hashed, with what opens its commitments. Takes
 * `audit:read`; from where colleagues acted takes `origin:read`.
 *
 * @throws AppError NOT_FOUND
 */
export async function getSignedEntry(actor: Actor, which: string): Promise<SignedEntry> {
  authorize(actor, "audit:read");
  const event = await requireEntry(which);
  const openings = await readOpenings([event]);
  return toSignedEntry(event, hideOriginOpenings(actor, event, openings));
}
