import type { DraftFields } from "../audit/event.ts";
import { markPersonal } from "../audit/private/personal-value.ts";
import type { RosterEntry } from "./roster-entry.ts";

/** What the roster says of a number, its account included; the names the audit trail uses. */
export type NumberFields = {
  displayPhoneNumber: string;
  label: string;
  accountExternalId: string;
  accountName: string;
  managerEmail: string | null;
  managerId: string | null;
  portfolioId: string;
  wabaId: string;
};

const FIELD_NAMES = [
  "displayPhoneNumber",
  "label",
  "accountExternalId",
  "accountName",
  "managerEmail",
  "managerId",
  "portfolioId",
  "wabaId",
] as const satisfies readonly (keyof NumberFields)[];

type Manager = Pick<NumberFields, "managerEmail" | "managerId">;

/** An entry whose manager is settled: where it does not say, the account's stays. */
export function toFields(entry: RosterEntry, { managerEmail, managerId }: Manager): NumberFields {
  const { phoneNumberId: _, ...fields } = entry;
  return { ...fields, managerEmail, managerId };
}

/** Exactly the fields that differ, as they were and as they will be; null when none does. */
export function diffFields(
  before: NumberFields,
  after: NumberFields,
): { before: DraftFields; after: DraftFields } | null {
  const changed = FIELD_NAMES.filter((name) => before[name] !== after[name]);
  if (changed.length === 0) return null;
  return {
    before: Object.fromEntries(changed.map((name) => [name, toDraft(before, name)])),
    after: Object.fromEntries(changed.map((name) => [name, toDraft(after, name)])),
  };
}

function toDraft(fields: NumberFields, name: keyof NumberFields) {
  const { managerEmail, managerId } = fields;
  if (name !== "managerEmail" || managerEmail === null) return fields[name];
  return markPersonal(managerId, managerEmail);
}
