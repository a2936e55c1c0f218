import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { type AuditDraft, appendEvents } from "../audit/append-events.ts";
import { reasonSchema } from "../audit/reason.ts";
import { type AuditedTransaction, inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { emailSchema } from "../people/person-record.ts";
import {
  type AccountPeople,
  diffPeople,
  isSamePeople,
  MAX_STAND_INS,
  type PeopleOfAccount,
  readAccountPeople,
} from "./account-people.ts";
import { toAccountTarget } from "./account-record.ts";
import { type AccountPerson, findAccountPeople } from "./find-account-people.ts";
import { accountIdSchema } from "./get-account.ts";

/** The most accounts that one call may name. */
const MAX_ACCOUNTS = 200;

export const setAccountPeopleSchema = z.strictObject({
  accountIds: z.array(accountIdSchema).min(1, "Name at least one account.").max(MAX_ACCOUNTS),
  /** The manager; null for none, and left out to keep each account's own. */
  email: emailSchema.nullish(),
  /** All stand-ins; left out to keep each account's own. */
  standIns: z
    .array(emailSchema)
    .max(MAX_STAND_INS, `At most ${MAX_STAND_INS} stand-ins.`)
    .optional(),
  reason: reasonSchema,
});

export type SetAccountPeopleInput = z.input<typeof setAccountPeopleSchema>;

/** How many accounts were changed; the others were already so. */
export type SetAccountPeopleResult = { changedCount: number };

/**
 * Sets who looks after accounts: the manager and the stand-ins of one account, or of many at once, all or
 * nothing. Takes `account:manage`.
 *
 * @throws AppError NOT_FOUND, CONFLICT when the roster names another manager, INVALID_INPUT for somebody
 *   who may not look after an account
 */
export async function setAccountPeople(
  actor: Actor,
  input: SetAccountPeopleInput,
): Promise<SetAccountPeopleResult> {
  const tried = input.accountIds?.length === 1 ? input.accountIds[0] : undefined;
  authorize(actor, "account:manage", { tried });
  const { accountIds, reason, ...wanted } = parseInput(setAccountPeopleSchema, input);
  return await inAuditedTransaction(actor, async (tx) => {
    const people = await findWanted(tx, wanted);
    const accounts = await readAccountPeople(tx.db, [...new Set(accountIds)]);
    refuseFromRoster(accounts, people);
    const changes = accounts
      .map((account) => ({ account, after: { ...account.people, ...people } }))
      .filter(({ account, after }) => !isSamePeople(account.people, after));
    await writePeople(tx, changes);
    const batch = changes.length > 1 ? { batchId: uuidv7() } : {};
    await appendEvents(
      tx,
      changes.map(({ account, after }): AuditDraft => {
        const fields = diffPeople(account.people, after);
        const target = toAccountTarget(account);
        return { action: "account.updated", target, ...fields, reason, ...batch };
      }),
    );
    return { changedCount: changes.length };
  });
}

type Wanted = Pick<z.output<typeof setAccountPeopleSchema>, "email" | "standIns">;

/** The people by id; without a field that stays as it is. */
async function findWanted(
  tx: AuditedTransaction,
  { email, standIns }: Wanted,
): Promise<Partial<AccountPeople>> {
  const places = [
    ...(email ? [{ email, path: "email" }] : []),
    ...(standIns ?? []).map((one, index) => ({ email: one, path: `standIns[${index}]` })),
  ];
  const people = await findAccountPeople(tx.db, places);
  const find = (address: string) => people.get(address) as AccountPerson;
  return {
    ...(email === undefined ? {} : { manager: email === null ? null : find(email) }),
    ...(standIns === undefined ? {} : { standIns: [...new Set(standIns)].map(find) }),
  };
}

/** The roster wins: it would set its own manager again with the next import. */
function refuseFromRoster(
  accounts: readonly PeopleOfAccount[],
  { manager }: Partial<AccountPeople>,
): void {
  if (manager === undefined) return;
  const refused = accounts.filter(
    ({ isManagerFromRoster, people }) => isManagerFromRoster && people.manager?.id !== manager?.id,
  );
  const [first] = refused;
  if (!first) return;
  const names =
    refused.length === 1
      ? `of ${first.name}`
      : `of ${refused.length} of the accounts, such as ${first.name},`;
  const message = `The roster names the manager ${names} and wins. Change it in the roster; stand-ins can be set here.`;
  throw new AppError("CONFLICT", message, [{ path: "email", message }]);
}

async function writePeople(
  tx: AuditedTransaction,
  changes: readonly { account: PeopleOfAccount; after: AccountPeople }[],
): Promise<void> {
  for (const { account, after } of changes) {
    await tx.db.account.update({
      where: { id: account.id },
      data: { managerId: after.manager?.id ?? null },
    });
  }
  const accountIds = changes.map(({ account }) => account.id);
  await tx.db.accountStandIn.deleteMany({ where: { accountId: { in: accountIds } } });
  await tx.db.accountStandIn.createMany({
    data: changes.flatMap(({ account, after }) =>
      after.standIns.map(({ id: personId }) => ({ accountId: account.id, personId })),
    ),
  });
}
