import { useFormatter, useTranslations } from "next-intl";
import type { VerificationRun } from "#lib/audit/jobs/read-verification-run.ts";
import { Notice } from "../ui/notice.tsx";

/** Browsers' default colours do not match the theme. */
const BAR =
  "h-2 w-full max-w-xl appearance-none overflow-hidden rounded-control border-0 bg-selected [&::-moz-progress-bar]:bg-ink [&::-webkit-progress-bar]:bg-selected [&::-webkit-progress-value]:bg-ink";

/** The progress of a verification, or why it has no result; nothing for one that has a result. */
export function VerificationProgress({ run }: { run: VerificationRun }) {
  const t = useTranslations("verification");
  const format = useFormatter();
  const { state, askedBy, begunAt, askedAt, entriesRead: read, ofEntries: of, failure } = run;
  if (state === "done") return null;
  const at = new Date(begunAt ?? askedAt);
  const time = format.dateTime(at, { dateStyle: "medium", timeStyle: "medium" });
  const about = { by: askedBy === null ? "schedule" : "person", name: askedBy ?? "", time };
  if (state === "failed") {
    const why = t(`why.${failure ?? "failed"}`);
    return <Notice tone="warning">{t("failed", { ...about, why })}</Notice>;
  }
  const words = () => {
    if (state === "requested") return t("requested", about);
    if (of === null) return t("begun", about);
    return t(read < of ? "reading" : "comparing", { ...about, read, of });
  };
  return (
    <div className="flex w-full flex-col gap-1">
      <p className="text-muted tabular-nums">{words()}</p>
      <progress
        aria-label={t("progress")}
        max={of ?? 1}
        {...(of === null ? {} : { value: read })}
        className={BAR}
      />
    </div>
  );
}
