import type { Person } from "../db/generated/client.ts";
import type { PersonActor } from "./actor.ts";

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
    origin,
  }: Partial<Pick<PersonActor, "tokenId" | "sessionId">> & Pick<PersonActor, "origin">,
): PersonActor {
  return { type: "person", id, email, name, role, sessionVersion, tokenId, sessionId, origin };
}
