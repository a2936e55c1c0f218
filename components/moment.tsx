import { useFormatter, useNow } from "next-intl";

/** A time in everyday form, with the exact one on hover; `isExact` writes that out, too. */
export function Moment({ at, isExact = false }: { at: string; isExact?: boolean }) {
  const format = useFormatter();
  const now = useNow();
  const date = new Date(at);
  const exact = format.dateTime(date, {
    dateStyle: "medium",
    timeStyle: isExact ? "medium" : "long",
  });
  return (
    <time
      className="tabular-nums"
      dateTime={at}
      title={format.dateTime(date, { dateStyle: "full", timeStyle: "long" })}
    >
      {format.relativeTime(date, now)}
      {isExact && <span className="text-muted"> · {exact}</span>}
    </time>
  );
}
