import type { PersonActor } from "../access/actor.ts";
import { DIGEST, listKinds } from "./notice-kinds.ts";

/** The notices that somebody sees: their own, of the kinds that their role is told of. */
export function toOwnNotices({ id, role }: PersonActor) {
  return { personId: id, kind: { in: [...listKinds(role), DIGEST] } };
}
