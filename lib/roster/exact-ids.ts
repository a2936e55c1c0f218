import { asInteger } from "#sdk/rules.ts";

/** The fields whose values are texts of digits. */
const IDS = new Set([
  "phoneNumberId",
  "displayPhoneNumber",
  "accountExternalId",
  "portfolioId",
  "wabaId",
]);

/**
 * Restores ids that the sender's program turned into JSON numbers to texts, with all their digits. Leaves
 * everything else for the schema to refuse.
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
