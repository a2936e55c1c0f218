import { z } from "zod";
import type { PersonActor } from "../access/actor.ts";
import { can } from "../access/authorize.ts";
import type { AccountRecord } from "../accounts/account-record.ts";
import { listAccounts } from "../accounts/list-accounts.ts";
import { listNumbers } from "../numbers/list-numbers.ts";
import type { NumberRecord } from "../numbers/number-record.ts";
import { type Loss, readLosses } from "../numbers/read-losses.ts";
import { summariseMatches } from "../numbers/summarise-matches.ts";
import { parseInput } from "../parse-input.ts";
import { listPeople } from "../people/list-people.ts";
import type { ListedPerson } from "../people/read-people.ts";
import { isStorable } from "../text.ts";

/** What somebody types to jump; a pasted list belongs into the search of Numbers. */
export const MAX_JUMP_CHARACTERS = 200;
const MAX_OF_A_KIND = 5;

const jumpSchema = z
  .string()
  .max(MAX_JUMP_CHARACTERS, `q must have at most ${MAX_JUMP_CHARACTERS} characters.`)
  .refine(isStorable, "q has a broken character.")
  .transform((typed) => typed.trim());

/** What was found by a name; at most 5 of each kind. */
export type FoundJumps = {
  numbers: NumberRecord[];
  /** Of all numbers that match, not only those above; counted up to 10,000. */
  numberCount: { total: number; isCapped: boolean };
  losses: Map<string, Loss>;
  accounts: AccountRecord[];
  people: ListedPerson[];
};

const NO_NUMBERS = { numbers: [], numberCount: { total: 0, isCapped: false }, losses: new Map() };

/**
 * Finds the numbers, accounts and people that match a text, each by its list's own search. A kind that the
 * person may not list is left out. Finds nothing for an empty text.
 *
 * @throws AppError INVALID_INPUT for a text that is too long or broken
 */
export async function findJumps(actor: PersonActor, typed: string): Promise<FoundJumps> {
  const q = parseInput(jumpSchema, typed);
  if (q === "") return { ...NO_NUMBERS, accounts: [], people: [] };
  const input = { q, limit: MAX_OF_A_KIND };
  const [numbers, accounts, people] = await Promise.all([
    can(actor, "number:read") ? findNumbers(actor, q) : NO_NUMBERS,
    can(actor, "desk:read") ? listAccounts(actor, input) : { items: [] },
    can(actor, "person:manage") ? listPeople(actor, input) : { items: [] },
  ]);
  return { ...numbers, accounts: accounts.items, people: people.items };
}

async function findNumbers(actor: PersonActor, q: string) {
  const [{ items }, numberCount] = await Promise.all([
    listNumbers(actor, { q, limit: MAX_OF_A_KIND }),
    summariseMatches(actor, { q }),
  ]);
  const losses = await readLosses(
    actor,
    items.map(({ phoneNumberId }) => phoneNumberId),
  );
  return { numbers: items, numberCount, losses };
}
