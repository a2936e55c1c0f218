import { useFormatter } from "next-intl";

/** The time of day of an entry, below the heading of its day; the exact one on hover. */
export function EventTime({ at }: { at: string }) {
  const format = useFormatter();
  const date = new Date(at);
  return (
    <time
      className="text-muted @2xl:col-start-2 @2xl:row-start-1 whitespace-nowrap tabular-nums"
      dateTime={at}
      title={format.dateTime(date, { dateStyle: "full", timeStyle: "long" })}
    >
      {format.dateTime(date, { timeStyle: "short" })}
    </time>
  );
}
