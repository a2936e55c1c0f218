import type { DraftFields } from "../audit/event.ts";
import { markPersonal } from "../audit/private/personal-value.ts";
import type { Prisma } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";
import type { AccountPerson } from "./find-account-people.ts";

/** The most stand-ins of an account. */
export const MAX_STAND_INS = 5;

/** Who looks after an account. */
export type AccountPeople = { manager: AccountPerson | null; standIns: readonly AccountPerson[] };

export type PeopleOfAccount = {
  id: string;
  name: string;
  isManagerFromRoster: boolean;
  people: AccountPeople;
};

const PERSON = { select: { id: true, email: true } } as const;

/** @throws AppError NOT_FOUND unless all accounts exist */
export async function readAccountPeople(
  client: Prisma.TransactionClient,
  accountIds: readonly string[],
): Promise<PeopleOfAccount[]> {
  const rows = await client.account.findMany({
    where: { id: { in: [...accountIds] } },
    include: { manager: PERSON, standIns: { include: { person: PERSON } } },
    orderBy: { id: "asc" },
  });
  if (rows.length < accountIds.length) throw new AppError("NOT_FOUND", "There is no such account.");
  return rows.map(({ id, name, isManagerFromRoster, manager, standIns }) => ({
    id,
    name,
    isManagerFromRoster,
    people: { manager, standIns: standIns.map(({ person }) => person) },
  }));
}

export function isSamePeople(one: AccountPeople, other: AccountPeople): boolean {
  return one.manager?.id === other.manager?.id && toIds(one.standIns) === toIds(other.standIns);
}

/** What differs, as the trail keeps it: each person's address, which can be erased, beside their id. */
export function diffPeople(
  before: AccountPeople,
  after: AccountPeople,
): { before: DraftFields; after: DraftFields } {
  const hasManagerChanged = before.manager?.id !== after.manager?.id;
  const toFields = ({ manager, standIns }: AccountPeople) => ({
    ...(hasManagerChanged ? toManagerFields(manager) : {}),
    ...(toIds(before.standIns) === toIds(after.standIns) ? {} : toStandInFields(standIns)),
  });
  return { before: toFields(before), after: toFields(after) };
}

function toManagerFields(manager: AccountPerson | null): DraftFields {
  return {
    managerEmail: manager && markPersonal(manager.id, manager.email),
    managerId: manager?.id ?? null,
  };
}

/** Numbered fields, since the trail's are flat. */
function toStandInFields(standIns: readonly AccountPerson[]): DraftFields {
  const fields: DraftFields = { standIns: standIns.length };
  for (const [index, { id, email }] of standIns.entries()) {
    fields[`standIn${index + 1}`] = markPersonal(id, email);
    fields[`standIn${index + 1}Id`] = id;
  }
  return fields;
}

function toIds(people: readonly AccountPerson[]): string {
  return people
    .map(({ id }) => id)
    .sort()
    .join();
}
