const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** IANA names begin with a letter; Intl also takes offsets such as `+02:00`, which know no daylight saving. */
const ZONE_NAME = /^[A-Za-z][\w+/-]{0,63}$/;

/** Whether this is the IANA name of a time zone, an old one or another spelling included. */
export function isTimeZone(name: string): boolean {
  return ZONE_NAME.test(name) && findFormat(name) !== null;
}

/**
 * The instants at which the clocks of a zone show a local time, in order: none for one that is skipped when
 * clocks go forward, two for one that is repeated when they go back.
 *
 * @param local the local time read as UTC, in milliseconds since 1970
 */
export function findInstants(local: number, timeZone: string): number[] {
  const { before, after } = offsetsAround(local, timeZone);
  if (Number.isNaN(before + after)) return [];
  const instants = [local - before, local - after].filter(
    (instant) => instant + offsetMs(instant, timeZone) === local,
  );
  return [...new Set(instants)].sort((one, other) => one - other);
}

/** For a local time that is skipped: the instant at which the clocks went forward over it; NaN beyond all dates. */
export function findSkip(local: number, timeZone: string): number {
  const { before, after } = offsetsAround(local, timeZone);
  let [low, high] = [local - after, local - before];
  while (high - low > MINUTE_MS) {
    const middle = Math.floor((low + high) / 2 / MINUTE_MS) * MINUTE_MS;
    if (offsetMs(middle, timeZone) === before) low = middle;
    else high = middle;
  }
  return low < high ? Math.floor(high / MINUTE_MS) * MINUTE_MS : Number.NaN;
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds; NaN without a four-digit year. */
function offsetMs(instant: number, timeZone: string): number {
  const second = Math.floor(instant / 1_000) * 1_000;
  if (Number.isNaN(new Date(second).getTime())) return Number.NaN;
  const local = toLocalSecond(second, timeZone);
  // A year of five digits would be read by another rule.
  return local.length === "2026-11-22T10:00:00".length
    ? Date.parse(`${local}Z`) - second
    : Number.NaN;
}

/** What the zone's clocks show at an instant, such as `2026-11-22T10:00:00`. */
export function toLocalSecond(instant: number, timeZone: string): string {
  const format = findFormat(timeZone);
  if (!format) throw new RangeError(`There is no time zone ${timeZone}.`);
  return format.format(instant).replace(" ", "T");
}

/** A zone's clocks change by a day at most, as Samoa's did when it went over the date line. */
function offsetsAround(local: number, timeZone: string) {
  return { before: offsetMs(local - DAY_MS, timeZone), after: offsetMs(local + DAY_MS, timeZone) };
}

/** Making a format takes longer than using it. One for each zone, by the spellings of it that were asked for. */
const formats = new Map<string, Intl.DateTimeFormat>();
/** Above the names of all zones, old ones included. Intl ignores case, so that a zone has millions of spellings. */
const MAX_SPELLINGS = 1_000;

function findFormat(timeZone: string): Intl.DateTimeFormat | null {
  const kept = formats.get(timeZone);
  if (kept) return kept;
  try {
    // Swedish dates have the format of ISO 8601.
    const made = new Intl.DateTimeFormat("sv-SE", {
      timeZone,
      dateStyle: "short",
      timeStyle: "medium",
    });
    const canonical = made.resolvedOptions().timeZone;
    const format = formats.get(canonical) ?? made;
    formats.set(canonical, format);
    if (formats.size < MAX_SPELLINGS) formats.set(timeZone, format);
    return format;
  } catch {
    return null;
  }
}

/** How many spellings of zones are kept; for tests. */
export function countSpellings(): number {
  return formats.size;
}
