import type { useFormatter } from "next-intl";

/** What clocks in a zone show, such as `2027-03-01T09:00`, as the reader's language writes it. */
export function toLocalText(
  localTime: string,
  format: Pick<ReturnType<typeof useFormatter>, "dateTime">,
): string {
  // Read as if it were UTC and written so: no zone moves it.
  return format.dateTime(new Date(`${localTime}Z`), {
    timeZone: "UTC",
    dateStyle: "medium",
    timeStyle: "short",
  });
}
