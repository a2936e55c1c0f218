import { createLoader, createSerializer, type inferParserType, parseAsString } from "nuqs/server";
import { toTimeSpan } from "#components/audit/local-time.ts";
import type { ListSchedulesInput } from "#lib/schedules/list-schedules.ts";
import { SCHEDULE_STATES } from "#lib/schedules/schedule-record.ts";

export const STATE_CHOICES = [...SCHEDULE_STATES, "all"] as const;
export const WHOSE_CHOICES = ["all", "mine"] as const;
type StateChoice = (typeof STATE_CHOICES)[number];

/**
 * The page's state, all of it in the address. An invalid value is kept, so that it is refused: without it the
 * page would show more than was asked for. `after` is the list's own cursor.
 */
const parsers = {
  state: parseAsString.withDefault("waiting"),
  whose: parseAsString.withDefault("all"),
  /** A phone_number_id. */
  q: parseAsString.withDefault(""),
  /** Such as `2027-03`: the month of the calendar. */
  month: parseAsString,
  /** Such as `2027-03-01`: that day's alone. */
  day: parseAsString,
  person: parseAsString,
  token: parseAsString,
  session: parseAsString,
  after: parseAsString,
};

export type ScheduleQuery = inferParserType<typeof parsers>;

export const loadScheduleQuery = createLoader(parsers);
const serialise = createSerializer(parsers);

/** The address of the page in another state. Next's route type has no optional query. */
export function toScheduleHref(query: Partial<ScheduleQuery>) {
  return `/schedule${serialise(query)}` as `/schedule?${string}`;
}

/** The state that is asked for; null for what is none. */
export function readState({ state }: Pick<ScheduleQuery, "state">): StateChoice | null {
  return STATE_CHOICES.find((choice) => choice === state) ?? null;
}

/** The page's state in the form that the list takes; null for one that cannot be read. */
export function toListInput(query: ScheduleQuery, timeZone: string): ListSchedulesInput | null {
  const { whose, q, day, person, token, session, after } = query;
  const state = readState(query);
  if (state === null || !WHOSE_CHOICES.some((choice) => choice === whose)) return null;
  return {
    ...(state === "all" ? {} : { state }),
    ...(whose === "mine" ? { mine: "true" as const } : {}),
    ...(q === "" ? {} : { phoneNumberId: q }),
    ...(day === null ? {} : toDayRange(day, timeZone)),
    ...(person === null ? {} : { personId: person }),
    ...(token === null ? {} : { tokenId: token }),
    ...(session === null ? {} : { sessionId: session }),
    ...(after === null ? {} : { cursor: after }),
  };
}

/** A day that cannot be read is refused as the list refuses a bad time. */
function toDayRange(day: string, timeZone: string): { from: string; to: string } {
  const span = toTimeSpan(day, timeZone);
  if (!span) return { from: day, to: day };
  return { from: span.start.toISOString(), to: span.end.toISOString() };
}

/** Whose access the list is narrowed to; null when it is not. */
export function toAccess({ person, token, session }: ScheduleQuery) {
  if (person !== null) return { personId: person };
  if (token !== null) return { tokenId: token };
  return session === null ? null : { sessionId: session };
}
