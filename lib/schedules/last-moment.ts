/** A minute's delay is no lateness, whatever was said of hours. */
export const ALWAYS_FINE_SECONDS = 60;
const HOUR_SECONDS = 3_600;

/** The last moment at which something may be carried out; null for one without a limit. */
export function toLastMoment({
  at,
  lateHours,
}: {
  at: Date | null;
  lateHours: number | null;
}): Date | null {
  if (!at || lateHours === null) return null;
  const seconds = Math.max(lateHours * HOUR_SECONDS, ALWAYS_FINE_SECONDS);
  return new Date(at.getTime() + seconds * 1_000);
}
