import { db } from "../db/client.ts";
import type { ProblemList } from "./roster-problem.ts";

/**
 * Finds the ids of managers by email. Any member of staff may be one, in any role, unless disabled.
 * Reads before the ledger is locked: people are never deleted, and a manager may be disabled later
 * in any case.
 *
 * @param places by email, where the manager is named first
 */
export async function findManagers(
  places: ReadonlyMap<string, string>,
  problems: ProblemList,
): Promise<Map<string, string>> {
  const people = await db().person.findMany({
    where: { email: { in: [...places.keys()] } },
    select: { id: true, email: true, disabledAt: true },
  });
  const byEmail = new Map(people.map((person) => [person.email, person]));
  const ids = new Map<string, string>();
  for (const [email, at] of places) {
    const person = byEmail.get(email);
    if (person && !person.disabledAt) ids.set(email, person.id);
    else {
      const why = person
        ? "this person is disabled. Name somebody else, or leave the manager empty."
        : "nobody here has this address. Ask an admin to add them first, or leave the manager empty.";
      problems.add({ at, field: "managerEmail", value: email, why });
    }
  }
  return ids;
}
