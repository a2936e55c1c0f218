import { db } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
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
  const people = await db().$queryRaw<{ id: string }[]>(peopleByEmail(actorEmail));
  const ids = people.map(({ id }) => id);
  return { ...filter, actorIds: ids.filter((id) => actorId === undefined || id === actorId) };
}

/** The ids of whoever has the address, or had it when they did something. */
export function peopleByEmail(email: string): Prisma.Sql {
  return Prisma.sql`
    SELECT id::text FROM person WHERE email = ${email}
    UNION
    SELECT person_id::text FROM private_value
    WHERE holder = person_id::text AND value ->> 'email' = ${email}`;
}
