import { holds } from "../access/permissions.ts";
import type { Prisma } from "../db/generated/client.ts";
import type { Role } from "../db/generated/enums.ts";
import { AppError, type InputIssue } from "../errors.ts";

/** Somebody who may look after an account. */
export type AccountPerson = { id: string; email: string };

/** Whether people of this role may look after accounts: those who may ask for changes. */
export function mayLookAfterAccounts(role: Role): boolean {
  return holds(role, "request:create");
}

/**
 * Finds people by address who may look after an account as its manager or stand-in.
 *
 * @param places each address with the field it comes from, such as `standIns[1]`
 * @throws AppError INVALID_INPUT naming each that is nobody's, disabled, or of a role that cannot ask for changes
 */
export async function findAccountPeople(
  client: Prisma.TransactionClient,
  places: readonly { email: string; path: string }[],
): Promise<ReadonlyMap<string, AccountPerson>> {
  const people = await client.person.findMany({
    where: { email: { in: places.map(({ email }) => email) } },
    select: { id: true, email: true, role: true, disabledAt: true },
  });
  const byEmail = new Map(people.map((person) => [person.email, person]));
  const issues = places.flatMap(({ email, path }): InputIssue[] => {
    const problem = findProblem(byEmail.get(email));
    return problem === null ? [] : [{ path, message: `${email}: ${problem}` }];
  });
  if (issues.length > 0) {
    const words = issues.map(({ message }) => message).join(" ");
    throw new AppError("INVALID_INPUT", `Nothing was changed. ${words}`, issues);
  }
  return byEmail;
}

function findProblem(person: { role: Role; disabledAt: Date | null } | undefined): string | null {
  if (!person) return "nobody here has this address. Ask an admin to add them first.";
  if (person.disabledAt) return "this person is disabled. Name somebody else.";
  if (mayLookAfterAccounts(person.role)) return null;
  return "this person's role cannot ask for changes. Name somebody else.";
}
