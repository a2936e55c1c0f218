import type { PersonActor } from "../access/actor.ts";
import type { Person } from "../db/generated/client.ts";

/** Of a person's `passwordMadeBy`: what an actor knows of them. */
export const PASSWORD_MAKER_SELECT = { id: true, name: true, email: true } as const;

/** A person as the actor of one request, by what they came with. */
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
  const came = { tokenId, sessionId, passwordMaker, origin };
  return { type: "person", id, email, name, role, sessionVersion, ...came };
}
