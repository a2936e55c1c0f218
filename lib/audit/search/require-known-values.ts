import { db } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
import { AppError, type InputIssue } from "../../errors.ts";
import { AUDIT_ACTIONS } from "../event.ts";
import type { AuditFilter } from "./audit-filter.ts";
import { peopleByEmail } from "./resolve-filter.ts";

type Subject = "action" | "actorId" | "actorEmail" | "targetId" | "accountId";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Refuses a filter with a value that does not exist: a typo would find nothing, and that would look like an
 * answer. People, programs, numbers and accounts count as known even without an entry.
 *
 * @throws AppError INVALID_INPUT that names every unknown value
 */
export async function requireKnownValues(filter: AuditFilter): Promise<void> {
  const issues: InputIssue[] = [];
  for (const [path, { exists, problem }] of Object.entries(SUBJECTS)) {
    const value = filter[path as Subject];
    if (value === undefined) continue;
    const [row] = await db().$queryRaw<{ is: boolean }[]>`SELECT ${exists(value)} AS is`;
    if (!row?.is) issues.push({ path, message: problem(value) });
  }
  if (issues.length === 0) return;
  const words = issues.map(({ message }) => message).join(" ");
  throw new AppError("INVALID_INPUT", `The query is not valid. ${words}`, issues);
}

const SUBJECTS: Record<
  Subject,
  { exists: (value: string) => Prisma.Sql; problem: (value: string) => string }
> = {
  action: {
    exists: (value) =>
      isAction(value) ? Prisma.sql`TRUE` : inTrail(Prisma.sql`action = ${value}`),
    problem: (value) =>
      `There is no action ${quote(value)}. There are ${AUDIT_ACTIONS.join(", ")}.`,
  },
  actorId: {
    exists: (value) => Prisma.sql`
      ${inTrail(Prisma.sql`actor_id = ${value}`)}
      OR EXISTS (SELECT FROM person WHERE id = ${toUuid(value)}::uuid)
      OR EXISTS (SELECT FROM token WHERE id = ${toUuid(value)}::uuid)`,
    problem: (value) => `actorId: nobody has the id ${quote(value)}.`,
  },
  actorEmail: {
    exists: (value) => Prisma.sql`EXISTS (${peopleByEmail(value)})`,
    problem: (value) => `actorEmail: nobody has, or had, the address ${quote(value)}.`,
  },
  targetId: {
    exists: (value) => Prisma.sql`
      ${inTrail(Prisma.sql`target_id = ${value}`)}
      OR EXISTS (SELECT FROM number WHERE phone_number_id = ${value})
      OR EXISTS (SELECT FROM person WHERE id = ${toUuid(value)}::uuid)
      OR EXISTS (SELECT FROM token WHERE id = ${toUuid(value)}::uuid)`,
    problem: (value) => `targetId: nothing has the id ${quote(value)}.`,
  },
  accountId: {
    exists: (value) => Prisma.sql`EXISTS (SELECT FROM account WHERE id = ${value}::uuid)`,
    problem: (value) => `accountId: no account has the id ${quote(value)}.`,
  },
};

function isAction(value: string): boolean {
  return AUDIT_ACTIONS.some((action) => action === value);
}

/** What the trail has is known, even if only a newer version of the console writes it. */
function inTrail(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM audit_event WHERE ${condition})`;
}

function toUuid(value: string): string | null {
  return UUID.test(value) ? value : null;
}

function quote(value: string): string {
  return JSON.stringify(value.slice(0, 100));
}
