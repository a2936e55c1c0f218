import { phoneSpellings } from "#sdk/rules/phone-spellings.ts";
import { db } from "../db/client.ts";
import { inTurns } from "../in-turns.ts";
import { toChunks } from "./chunks.ts";
import { readHolders } from "./current-numbers.ts";
import type { Roster } from "./read-roster.ts";
import type { RosterEntry } from "./roster-entry.ts";
import { digitsAtRisk, mayBeRounded } from "./rounded-id.ts";

/** This many digits are all zeros by chance once in ten thousand times. */
const MIN_ZEROS = 4;

/** Adds the warnings that need the full roster, or the stored numbers. */
export async function findWarnings(roster: Roster): Promise<void> {
  await warnOfColumns(roster);
  await warnOfSharedPhones(roster);
}

async function warnOfColumns({ entries, warnings }: Roster): Promise<void> {
  if (entries.length > 0 && entries.every(({ portfolioId, wabaId }) => portfolioId === wabaId)) {
    const message = "in every entry the portfolio is the WABA: is one column there twice?";
    warnings.add({ path: "portfolioId", message });
  }
  for (const field of ["phoneNumberId", "portfolioId", "wabaId"] as const) {
    const digits = await countRounded(entries, field);
    if (digits < MIN_ZEROS) continue;
    const message =
      "every id has zeros from the 16th digit on: has a spreadsheet lost digits? Format the column as text and export again.";
    warnings.add({ path: field, message });
  }
}

/** How many digits of a column's ids were lost if a spreadsheet rounded it; 0 if one id shows that it did not. */
async function countRounded(
  entries: Roster["entries"],
  field: "phoneNumberId" | "portfolioId" | "wabaId",
): Promise<number> {
  const counted = new Set<string>();
  let digits = 0;
  for await (const { [field]: id } of inTurns(entries)) {
    if (digitsAtRisk(id) === 0 || counted.has(id)) continue;
    if (!mayBeRounded(id)) return 0;
    counted.add(id);
    digits += digitsAtRisk(id);
  }
  return digits;
}

/** Warns about two numbers with one phone in any spelling: rarely intended, and people find the wrong one by it. */
async function warnOfSharedPhones({ entries, places, warnings }: Roster): Promise<void> {
  const warn = ({ phoneNumberId, displayPhoneNumber: phone }: RosterEntry, other: string) => {
    const path = `${places.get(phoneNumberId)}: displayPhoneNumber`;
    warnings.add({ path, message: `number ${phoneNumberId} has the phone ${phone} of ${other}.` });
  };
  const firstByPhone = new Map<string, RosterEntry>();
  for await (const entry of inTurns(entries)) {
    const [key] = phoneSpellings(entry.displayPhoneNumber);
    const first = firstByPhone.get(key);
    if (first) warn(entry, `number ${first.phoneNumberId} at ${places.get(first.phoneNumberId)}`);
    else firstByPhone.set(key, entry);
  }
  for (const keys of toChunks([...firstByPhone.keys()])) {
    const phones = keys.flatMap((key) => phoneSpellings(key));
    for (const { phoneNumberId, phone } of await readHolders(db(), phones)) {
      const entry = firstByPhone.get(phoneSpellings(phone)[0]);
      if (!entry || places.has(phoneNumberId)) continue;
      warn(entry, `number ${phoneNumberId}, which the roster leaves out`);
    }
  }
}
