import type { Origin, PersonActor } from "../../access/actor.ts";
import { holds, type Permission } from "../../access/permissions.ts";
import type { OnBehalfOf } from "../../audit/append-events.ts";
import type { Person } from "../../db/generated/client.ts";
import { toPersonActor } from "../../sessions/to-person-actor.ts";
import type { PendingSchedule } from "./read-pending.ts";

/** Who carries a schedule out, and for whom. */
export type RunActor = { actor: PersonActor; onBehalfOf: OnBehalfOf | undefined };

/**
 * Finds in whose name a schedule runs: its author's, as they are now; or the name of who approved its request,
 * on behalf of who asked for it.
 *
 * @returns why not, when they were disabled or lost the right meanwhile
 */
export function findRunActor(
  { author, request }: PendingSchedule,
  origin: Origin,
): RunActor | { why: string } {
  if (!request) {
    const loss = findLoss(author, ["schedule:create", "flag:set"]);
    if (loss) return { why: `Who scheduled it ${loss}.` };
    return { actor: toPersonActor(author, { origin }), onBehalfOf: undefined };
  }
  const { decidedBy, requestedBy } = request;
  const loss = findLoss(decidedBy, ["request:decide"]);
  if (loss || !decidedBy) return { why: `Who approved it ${loss}.` };
  const { id, role, email, name } = requestedBy;
  return { actor: toPersonActor(decidedBy, { origin }), onBehalfOf: { id, role, email, name } };
}

/** Without a name: the trail keeps the words. */
function findLoss(person: Person | null, permissions: readonly Permission[]): string | null {
  if (!person || person.disabledAt) return "was disabled since";
  const isPermitted = permissions.every((permission) => holds(person.role, permission));
  return isPermitted ? null : "lost the right to it since";
}
