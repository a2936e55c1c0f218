import { AppError } from "../errors.ts";
import { AccountRegister } from "./account-register.ts";
import { toProblems } from "./entry-problems.ts";
import { type RosterEntry, rosterEntrySchema } from "./roster-entry.ts";
import { ProblemList, type RosterProblem, toShown } from "./roster-problem.ts";

/** What a reader of some format found: an entry to be checked, or why there is none. */
export type SourceEntry =
  | { at: string; value: unknown }
  | { at: string; problem: string; field?: string; shown?: string };

export type Roster = {
  entries: RosterEntry[];
  register: AccountRegister;
  problems: ProblemList;
};

/** More would keep every other change waiting too long, and take much memory. */
export const MOST_ENTRIES = 200_000;

/**
 * Reads and checks a whole roster before anything is locked, so that a slow sender holds up
 * nobody. Problems are gathered, not thrown.
 *
 * @throws AppError PAYLOAD_TOO_LARGE beyond 200,000 entries
 */
export async function readRoster(source: AsyncIterable<SourceEntry>): Promise<Roster> {
  const roster: Roster = {
    entries: [],
    register: new AccountRegister(),
    problems: new ProblemList(),
  };
  const places = new Map<string, string>();
  let count = 0;
  for await (const found of source) {
    count += 1;
    if (count > MOST_ENTRIES) throw tooLarge();
    for (const problem of take(roster, places, found)) roster.problems.add(problem);
  }
  return roster;
}

function take(roster: Roster, places: Map<string, string>, found: SourceEntry): RosterProblem[] {
  const { at } = found;
  if ("problem" in found) {
    return [{ at, field: found.field ?? null, value: toShown(found.shown), why: found.problem }];
  }
  const parsed = rosterEntrySchema.safeParse(found.value);
  if (!parsed.success) return toProblems(at, found.value, parsed.error);
  const entry = parsed.data;
  const { phoneNumberId } = entry;
  const before = places.get(phoneNumberId);
  if (before !== undefined) {
    const why = `this number is in the roster twice: at ${before} and at ${at}. Remove one of them.`;
    return [{ at, field: "phoneNumberId", value: phoneNumberId, why }];
  }
  places.set(phoneNumberId, at);
  roster.entries.push(entry);
  return roster.register.add(at, entry);
}

function tooLarge(): AppError {
  const most = MOST_ENTRIES.toLocaleString("en");
  return new AppError(
    "PAYLOAD_TOO_LARGE",
    `A roster may have at most ${most} numbers at once. Nothing was imported. Split it, whole accounts together, and import the parts one after the other.`,
  );
}
