import { randomInt } from "node:crypto";
import type { SourceEntry } from "#lib/roster/read-roster.ts";
import type { RosterEntry } from "#lib/roster/roster-entry.ts";

/** A roster's entry for a new number of a new account. */
export function anEntry(overrides: Partial<RosterEntry> = {}): RosterEntry {
  const digits = String(randomInt(1e14)).padStart(14, "0");
  return {
    phoneNumberId: `5${digits}`,
    displayPhoneNumber: `+55119${digits.slice(-8)}`,
    label: `Suporte ${digits}`,
    accountName: `Padaria ${digits}`,
    accountExternalId: `acc-${digits}`,
    portfolioId: `9${digits}`,
    wabaId: `8${digits}`,
    ...overrides,
  };
}

/** Entries as a reader of JSON gives them. */
export async function* toSource(values: readonly unknown[]): AsyncGenerator<SourceEntry> {
  for (const [index, value] of values.entries()) yield { at: `[${index}]`, value };
}
