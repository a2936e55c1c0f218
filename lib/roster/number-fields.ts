import type { DraftFields } from "../audit/event.ts";
import { markPersonal } from "../audit/private/personal-value.ts";
import type { RosterEntry } from "./roster-entry.ts";

/** A roster's fields of a number and its account, with the names that the audit trail uses. */
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

/** An entry's fields, with its account's manager, since the entry itself may leave that out. */
export function toFields(entry: RosterEntry, { managerEmail, managerId }: Manager): NumberFields {
  const { phoneNumberId: _, accountZone: __, ...fields } = entry;
  return { ...fields, managerEmail, managerId };
}

/** The fields that differ, before and after; null when none does. */
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
