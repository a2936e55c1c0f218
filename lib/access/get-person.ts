import { z } from "zod";
import { Prisma } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import type { Actor } from "./actor.ts";
import { authorize } from "./authorize.ts";
import { type ListedPerson, readPeople } from "./read-people.ts";

/**
 * One of the staff. Takes `person:manage`.
 *
 * @throws AppError NOT_FOUND, INVALID_INPUT for an id that is none
 */
export async function getPerson(actor: Actor, personId: string): Promise<ListedPerson> {
  authorize(actor, "person:manage");
  const id = parseInput(z.uuid(), personId);
  const [person] = await readPeople(Prisma.sql`p.id = ${id}::uuid`, { limit: 1 });
  if (!person) throw new AppError("NOT_FOUND", "There is no such person.");
  return person;
}
