import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { Prisma } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { type ListedPerson, readPeople } from "./read-people.ts";

/**
 * Gets a person: the actor themselves, or with `person:manage` anybody.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND, INVALID_INPUT for a malformed id
 */
export async function getPerson(actor: Actor, personId: string): Promise<ListedPerson> {
  if (actor.type !== "person" || actor.id !== personId) {
    authorize(actor, "person:manage", { tried: personId });
  }
  const id = parseInput(z.uuid(), personId);
  const [person] = await readPeople(Prisma.sql`p.id = ${id}::uuid`, { limit: 1 });
  if (!person) throw new AppError("NOT_FOUND", "There is no such person.");
  return person;
}
