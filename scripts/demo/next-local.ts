type Day = "Monday" | "Friday";

const DAYS: Readonly<Record<Day, number>> = { Monday: 1, Friday: 5 };
const DAY_MS = 86_400_000;
/** Far enough ahead to be shown as waiting, in every time zone. */
const AT_LEAST_DAYS = 2;

/** The next such day in two days or more, at a local time: `2027-03-01T09:00`. */
export function toNextLocal(day: Day, time: string, { weeks = 0 } = {}): string {
  const earliest = new Date(Date.now() + AT_LEAST_DAYS * DAY_MS);
  const ahead = (DAYS[day] - earliest.getUTCDay() + 7) % 7;
  const date = new Date(earliest.getTime() + (ahead + weeks * 7) * DAY_MS);
  return `${date.toISOString().slice(0, 10)}T${time}`;
}
