import { useTranslations } from "next-intl";
import { TALLY_KEYS, type Tally } from "./decide-entry.ts";

/** The payload's items counted by decision, in one line. */
export function TallyLine({ counts }: { counts: Tally }) {
  const t = useTranslations("simulator");
  const met = TALLY_KEYS.filter((what) => counts[what] > 0);
  if (met.length === 0) return t("nothing");
  return met.map((what) => t(`tally.${what}`, { count: counts[what] })).join(" · ");
}
