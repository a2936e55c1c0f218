import { db } from "../db/client.ts";
import type { ProblemList } from "./roster-problem.ts";

/**
 * The ids of the managers by address. Anybody of the staff may be one, whatever their role, as
 * long as they are not disabled. Read before the ledger is locked: people are never deleted,
 * and somebody disabled a moment later is what any account's manager may become.
 *
 * @param places where each manager is named first
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
