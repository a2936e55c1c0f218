import type { useFormatter, useTranslations } from "next-intl";
import type { LiveState } from "#lib/runtimes/read-live-state.ts";

/** Available on the server and in the browser. */
type Words = {
  t: ReturnType<typeof useTranslations<"live">>;
  format: Pick<ReturnType<typeof useFormatter>, "relativeTime">;
  now: Date;
};

/** "Live on 2 of 4 runtimes, waiting for rt-3, last heard 40 seconds ago", or how long it took. */
export function toLiveText(state: LiveState, { t, format, now }: Words): string {
  const { live, total, silent, waitingFor, secondsAfterChange } = state;
  const [first] = waitingFor;
  if (total === 0) return t("nobody");
  if (first) {
    const when = format.relativeTime(new Date(first.lastHeardAt), { now, style: "narrow" });
    const waiting = { live, total, who: first.instanceId, when };
    // No progress to expect soon: all that still report have it.
    if (silent === total - live) return t("silent", { ...waiting, count: silent });
    return t("waiting", { ...waiting, others: total - live - 1 });
  }
  if (secondsAfterChange === null) return t("everywhere", { live, total });
  // Rounded up to a tenth: "0.0 s" would say that it took no time.
  const seconds = Math.max(1, Math.ceil(secondsAfterChange * 10)) / 10;
  return t("everywhereAfter", { live, total, seconds });
}
