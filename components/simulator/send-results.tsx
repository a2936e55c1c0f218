import { useTranslations } from "next-intl";
import type { SendDecision } from "#sdk/rules.ts";
import { EntryFrame } from "./entry-frame.tsx";
import { JsonPair } from "./json-pair.tsx";
import { type SendEntry, type SendReading, toAnswer } from "./read-send.ts";
import { ShowMore } from "./show-more.tsx";
import { usePaging } from "./use-paging.ts";

/** The answer to a request for each recipient, now and once messages can be sent to BSUIDs. */
export function SendResults({ reading }: { reading: SendReading }) {
  const t = useTranslations("simulator");
  const entries = reading.kind === "read" ? reading.entries : [];
  const paging = usePaging(entries);
  const sent = (when: "now" | "later") => entries.filter((entry) => entry[when].ok).length;
  return (
    <section aria-labelledby="results" className="min-w-0">
      <h2 id="results" className="font-semibold">
        {t("answers")}
      </h2>
      <p role="status" className="pb-3 text-muted">
        {reading.kind === "read"
          ? t("sendTally", { total: entries.length, now: sent("now"), later: sent("later") })
          : t(NOTHING[reading.kind])}
      </p>
      <ol className="flex flex-col gap-2">
        {paging.shown.map((entry) => (
          <Answer key={entry.path} entry={entry} />
        ))}
      </ol>
      <ShowMore paging={paging} />
    </section>
  );
}

const NOTHING = {
  empty: "emptyRequest",
  broken: "brokenRequest",
  too_large: "tooLargeResult",
} as const;

function Answer({ entry: { path, now, later } }: { entry: SendEntry }) {
  const t = useTranslations("simulator");
  const toSide = (title: string, decision: SendDecision) => ({
    title,
    note: decision.ok ? t("sent") : t("sendRefused"),
    value: toAnswer(decision),
  });
  return (
    <EntryFrame kind={t("recipient")} name={path || null} place={null}>
      {!now.ok && <p>{now.problem.message}</p>}
      <JsonPair
        left={toSide(t("sendNow"), now)}
        right={toSide(t("sendLater"), later)}
        areAlike={now.ok === later.ok}
      />
    </EntryFrame>
  );
}
