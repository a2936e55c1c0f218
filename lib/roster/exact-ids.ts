import { asInteger } from "#sdk/rules.ts";

/** The fields whose values are digits, as texts. */
const IDS = new Set([
  "phoneNumberId",
  "displayPhoneNumber",
  "accountExternalId",
  "portfolioId",
  "wabaId",
]);

/**
 * An entry with the ids that a program in between made JSON numbers as texts again, digit by digit.
 * All else stays as it is, for the schema to refuse.
 */
export function withExactIds(entry: unknown): unknown {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return entry;
  const fields = Object.entries(entry);
  if (!fields.some(([name, value]) => isNumberedId(name, value))) return entry;
  return Object.fromEntries(
    fields.map(([name, value]) => [name, isNumberedId(name, value) ? asInteger(value) : value]),
  );
}

function isNumberedId(name: string, value: unknown): boolean {
  return IDS.has(name) && typeof value !== "string" && asInteger(value) !== null;
}
