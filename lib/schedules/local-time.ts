import { z } from "zod";
import { type InputIssue, UnprocessableError } from "../errors.ts";
import { findInstants, findSkip, toLocalSecond } from "../zoned-time.ts";

const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/;
const NEW_YEAR_2000 = "2000-01-01T00:00";

/** What a clock on the wall shows. */
export const localTimeSchema = z
  .string()
  .regex(LOCAL_TIME, {
    error: "Give the local time as 2027-03-01T09:00, seconds optional.",
    abort: true,
  })
  // Zones have no rules for other years, or are written with five digits there.
  .refine((text) => text.startsWith("2"), {
    error: "The year must be one from 2000 to 2999.",
    abort: true,
  })
  .refine((text) => toUtc(text) !== null, "No calendar has this time.")
  .meta({
    description: "What clocks in the zone show; seconds are optional.",
    example: "2027-03-01T09:00",
  });

export type LocalTime = {
  localTime: string;
  zone: string;
  ambiguous?: "earlier" | "later" | undefined;
};

/** A local time that does not exist, or exists twice. */
export class RefusedLocalTime extends UnprocessableError {
  override name = "RefusedLocalTime";
  /** The nearest two local times that exist, of one that does not. */
  readonly nearest: readonly [before: string, after: string] | null;

  constructor(issue: InputIssue, nearest: RefusedLocalTime["nearest"]) {
    super(issue.message, [issue]);
    this.nearest = nearest;
  }
}

/**
 * The instant of a local time in a zone.
 *
 * @param path the input's field, which an error names
 * @throws RefusedLocalTime for a time that does not exist or, without `ambiguous`, exists twice
 */
export function toInstant(
  { localTime, zone, ambiguous }: LocalTime,
  path: "localTime" | "until" = "localTime",
): Date {
  const local = toUtc(localTime);
  if (local === null) throw new Error("The local time was not parsed.");
  const [first, second] = findInstants(local, zone);
  if (first === undefined) throw refuseSkipped({ localTime, zone, local }, path);
  if (second !== undefined && !ambiguous) throw refuseRepeated({ localTime, zone }, path);
  return new Date(second !== undefined && ambiguous === "later" ? second : first);
}

/** What the clocks of a zone show at an instant, in the form of an input: seconds only where there are any. */
export function toLocalTime(instant: Date, zone: string): string {
  return toLocalSecond(instant.getTime(), zone).replace(/:00$/, "");
}

function refuseSkipped(
  { localTime, zone, local }: Omit<LocalTime, "ambiguous"> & { local: number },
  path: string,
): RefusedLocalTime {
  const skip = findSkip(local, zone);
  const hasSeconds = localTime.length > NEW_YEAR_2000.length;
  const step = hasSeconds ? 1_000 : 60_000;
  const nearest = [skip - step, skip].map((instant) => {
    const text = toLocalSecond(instant, zone);
    return hasSeconds ? text : text.slice(0, NEW_YEAR_2000.length);
  }) as [string, string];
  const message = `${localTime} does not exist in ${zone}: the clocks go forward over it. The nearest times are ${nearest[0]} and ${nearest[1]}.`;
  return new RefusedLocalTime({ path, message }, nearest);
}

function refuseRepeated(
  { localTime, zone }: Omit<LocalTime, "ambiguous">,
  path: string,
): RefusedLocalTime {
  const message = `${localTime} exists twice in ${zone}, since the clocks go back. Say which with "ambiguous": "earlier" or "later".`;
  return new RefusedLocalTime({ path, message }, null);
}

/** The local time read as UTC; null for one that no calendar has, such as 30 February or 24:00. */
function toUtc(localTime: string): number | null {
  const utc = Date.parse(`${localTime}Z`);
  if (Number.isNaN(utc)) return null;
  return new Date(utc).toISOString().startsWith(localTime) ? utc : null;
}
