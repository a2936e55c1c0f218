import { db } from "../db/client.ts";
import type { AuditFilter } from "./audit-filter.ts";

/** A filter as entries are looked for by it: people by their ids, since no entry has an address. */
export type ResolvedFilter = Omit<AuditFilter, "actorId" | "actorEmail"> & {
  /** Any of these did it; none when nobody can have. */
  actorIds?: readonly string[];
};

/** Finds whose an address is or was: all that they did is theirs, whatever their address was then. */
export async function resolveFilter({
  actorId,
  actorEmail,
  ...filter
}: AuditFilter): Promise<ResolvedFilter> {
  if (actorEmail === undefined) {
    return actorId === undefined ? filter : { ...filter, actorIds: [actorId] };
  }
  const people = await findPeopleByEmail(actorEmail);
  const actorIds = people.filter((id) => actorId === undefined || id === actorId);
  return { ...filter, actorIds };
}

/** Whoever has the address, or had it when they did something. */
async function findPeopleByEmail(email: string): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT id::text FROM person WHERE email = ${email}
    UNION
    SELECT person_id::text FROM private_value
    WHERE holder = person_id::text AND value ->> 'email' = ${email}`;
  return rows.map(({ id }) => id);
}
