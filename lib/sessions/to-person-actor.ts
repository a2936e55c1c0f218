import type { PersonActor } from "../access/actor.ts";
import type { Person } from "../db/generated/client.ts";

/** The columns of `passwordMadeBy` that a `PersonActor` needs. */
export const PASSWORD_MAKER_SELECT = { id: true, name: true, email: true } as const;

/** A person as the actor of one request, by the token or session that they used. */
export function toPersonActor(
  {
    id,
    email,
    name,
    role,
    sessionVersion,
  }: Pick<Person, "id" | "email" | "name" | "role" | "sessionVersion">,
  {
    tokenId = null,
    sessionId = null,
    passwordMaker = null,
    origin,
  }: Partial<Pick<PersonActor, "tokenId" | "sessionId" | "passwordMaker">> &
    Pick<PersonActor, "origin">,
): PersonActor {
  const access = { tokenId, sessionId, passwordMaker, origin };
  return { type: "person", id, email, name, role, sessionVersion, ...access };
}
