import { z } from "zod";
import { AppError } from "../errors.ts";
import type { WishedTime } from "../flags/pending/open-request.ts";
import { localTimeSchema, toInstant, toLocalTime } from "../schedules/local-time.ts";
import { requireNotTooFar } from "../schedules/schedule-bounds.ts";
import { storedTime } from "../stored-time.ts";
import { timeZoneSchema } from "../time-zone.ts";

/** How many hours after its time a change that turns a number on may still be carried out, unless said. */
const LATE_HOURS = 24;
const MAX_LATE_HOURS = 24 * 365;

/** When a request is to be carried out: an instant, or what the clocks of a zone show. */
export const wishedTimeFields = {
  /** Null as in the record: with the approval. */
  at: storedTime("at is an ISO 8601 time with its offset.").nullish(),
  localTime: localTimeSchema.optional(),
  zone: timeZoneSchema.optional(),
  /** Of a local time that exists twice. */
  ambiguous: z.enum(["earlier", "later"]).optional(),
  /** Null: without limit. By default 24 when a number is turned on, else without limit. */
  lateHours: z.int().min(1).max(MAX_LATE_HOURS).nullish(),
};

const schema = z.object(wishedTimeFields);

/**
 * The time that an input wishes for; undefined when it is to be carried out with the approval.
 *
 * @throws AppError INVALID_INPUT for a time that has passed, or one that is given by halves
 * @throws RefusedLocalTime for a local time that does not exist, or exists twice
 */
export function toWishedTime(
  { at, localTime, zone, ambiguous, lateHours }: z.output<typeof schema>,
  { turnsOn, now }: { turnsOn: boolean; now: Date },
): WishedTime | undefined {
  const late = lateHours === undefined ? (turnsOn ? LATE_HOURS : null) : lateHours;
  if (at) {
    if (localTime ?? zone) throw refuse("at", "Give either at, or localTime and zone.");
    const instant = requireFuture(new Date(at), { path: "at", now });
    return { at: instant, localTime: toLocalTime(instant, "UTC"), zone: "UTC", lateHours: late };
  }
  if (localTime === undefined && zone === undefined) return undefined;
  if (localTime === undefined) throw refuse("localTime", "Give the local time, too.");
  if (zone === undefined) throw refuse("zone", "Say of which zone the local time is.");
  const instant = toInstant({ localTime, zone, ambiguous });
  requireFuture(instant, { path: "localTime", now });
  return { at: instant, localTime, zone, lateHours: late };
}

function requireFuture(at: Date, { path, now }: { path: string; now: Date }): Date {
  requireNotTooFar(at, { path, now });
  if (at > now) return at;
  throw refuse(path, "This time has passed. Leave it out to change the numbers with the approval.");
}

function refuse(path: string, message: string): AppError {
  return new AppError("INVALID_INPUT", message, [{ path, message }]);
}
