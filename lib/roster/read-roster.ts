import { setImmediate } from "node:timers/promises";
import { AppError } from "../errors.ts";
import { AccountRegister } from "./account-register.ts";
import { toProblems } from "./entry-problems.ts";
import { withExactIds } from "./exact-ids.ts";
import { type RosterEntry, rosterEntrySchema } from "./roster-entry.ts";
import { ProblemList, type RosterProblem, toShown } from "./roster-problem.ts";
import { WarningList } from "./roster-warning.ts";
import { explainUnknownPhone } from "./to-e164.ts";

/** What a reader of a format returns: an entry to check, or why one cannot be read. */
export type SourceEntry =
  | { at: string; value: unknown }
  | { at: string; problem: string; field?: string; shown?: string };

export type Roster = {
  entries: RosterEntry[];
  register: AccountRegister;
  problems: ProblemList;
  /** By phone_number_id, the place in the roster. */
  places: Map<string, string>;
  warnings: WarningList;
};

/** How long reading may block the event loop at a time: polls are answered in between. */
const MAX_MS_AT_A_TIME = 10;

/** More would block other changes for too long, and take much memory. */
export const MAX_ENTRIES = 200_000;

/**
 * Reads and checks a full roster before anything is locked, so that a slow sender blocks nobody.
 * Problems are collected, not thrown.
 *
 * @throws AppError PAYLOAD_TOO_LARGE beyond 200,000 entries
 */
export async function readRoster(source: AsyncIterable<SourceEntry>): Promise<Roster> {
  const roster: Roster = {
    entries: [],
    register: new AccountRegister(),
    problems: new ProblemList(),
    places: new Map(),
    warnings: new WarningList(),
  };
  let count = 0;
  let since = performance.now();
  for await (const sourceEntry of source) {
    count += 1;
    if (count > MAX_ENTRIES) throw tooLarge();
    for (const problem of take(roster, sourceEntry)) roster.problems.add(problem);
    if (performance.now() - since < MAX_MS_AT_A_TIME) continue;
    await setImmediate();
    since = performance.now();
  }
  return roster;
}

function take(roster: Roster, sourceEntry: SourceEntry): RosterProblem[] {
  const { at } = sourceEntry;
  if ("problem" in sourceEntry) {
    return [
      {
        at,
        field: sourceEntry.field ?? null,
        value: toShown(sourceEntry.shown),
        why: sourceEntry.problem,
      },
    ];
  }
  const value = withExactIds(sourceEntry.value);
  const parsed = rosterEntrySchema.safeParse(value);
  if (!parsed.success) return toProblems(at, value, parsed.error);
  const entry = parsed.data;
  const { places } = roster;
  const { phoneNumberId } = entry;
  const before = places.get(phoneNumberId);
  if (before !== undefined) {
    const why = `this number is in the roster twice: at ${before} and at ${at}. Remove one of them.`;
    return [{ at, field: "phoneNumberId", value: phoneNumberId, why }];
  }
  places.set(phoneNumberId, at);
  const unknown = explainUnknownPhone(entry.displayPhoneNumber);
  if (unknown) {
    const message = `${entry.displayPhoneNumber}: ${unknown} It was taken as it is.`;
    roster.warnings.add({ path: `${at}: displayPhoneNumber`, message });
  }
  roster.entries.push(entry);
  return roster.register.add(at, entry);
}

function tooLarge(): AppError {
  const most = MAX_ENTRIES.toLocaleString("en");
  return new AppError(
    "PAYLOAD_TOO_LARGE",
    `A roster may have at most ${most} numbers at once. Nothing was imported. Split it, whole accounts together, and import the parts one after the other.`,
  );
}
