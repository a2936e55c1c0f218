import { useTranslations } from "next-intl";
import { TALLIED, type Tally } from "./decide-entry.ts";

/** How many items of the payload meet which end, in one line. */
export function TallyLine({ counts }: { counts: Tally }) {
  const t = useTranslations("simulator");
  const met = TALLIED.filter((what) => counts[what] > 0);
  if (met.length === 0) return t("nothing");
  return met.map((what) => t(`tally.${what}`, { count: counts[what] })).join(" · ");
}
