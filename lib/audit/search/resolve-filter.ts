import { db } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
import type { AuditFilter } from "./audit-filter.ts";

/** A filter with people by their ids, because entries do not store email addresses. */
export type ResolvedFilter = Omit<AuditFilter, "actorId" | "actorEmail"> & {
  /** Entries by any of these actors; an empty list matches nothing. */
  actorIds?: readonly string[];
};

/** Replaces an email address by the ids of everybody who has or had it, so that all they did is found. */
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

/** A query for the ids of people who have this address, or had it when they did something. */
export function peopleByEmail(email: string): Prisma.Sql {
  return Prisma.sql`
    SELECT id::text FROM person WHERE email = ${email}
    UNION
    SELECT person_id::text FROM private_value
    WHERE holder = person_id::text AND value ->> 'email' = ${email}`;
}
