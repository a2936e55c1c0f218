import type { DraftFields } from "../audit/event.ts";
import { markPersonal } from "../audit/private/personal-value.ts";
import type { MatchedAccount } from "./match-accounts.ts";

/** A roster's fields of an account, with the names that the audit trail uses. */
const FIELDS = {
  externalId: "accountExternalId",
  name: "accountName",
  managerId: "managerId",
  isManagerFromRoster: "isManagerFromRoster",
  zone: "zone",
} as const;

/** What a roster changes of an account, before and after. */
export function diffAccount(
  before: MatchedAccount,
  after: MatchedAccount,
): { before: DraftFields; after: DraftFields } {
  const names = (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).filter(
    (name) => before[name] !== after[name],
  );
  const toDraft = (account: MatchedAccount): DraftFields => ({
    ...(names.includes("managerId") ? { managerEmail: toManager(account) } : {}),
    ...Object.fromEntries(names.map((name) => [FIELDS[name], account[name]])),
  });
  return { before: toDraft(before), after: toDraft(after) };
}

function toManager({ managerEmail, managerId }: MatchedAccount) {
  return managerEmail === null ? null : markPersonal(managerId, managerEmail);
}
