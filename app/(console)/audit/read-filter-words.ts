import { getTranslations } from "next-intl/server";

/** The texts of the filters, which run in the browser and so get them as strings. */
export async function readFilterWords(timeZone: string) {
  const t = await getTranslations("audit");
  return {
    filters: t("filters"),
    presets: t("presets"),
    more: t("moreFilters"),
    apply: t("apply"),
    clear: t("clear"),
    any: t("any"),
    who: t("filterWho"),
    action: t("filterAction"),
    number: t("filterNumber"),
    numberPlaceholder: t("numberPlaceholder"),
    account: t("filterAccount"),
    reason: t("filterReason"),
    from: t("filterFrom"),
    to: t("filterTo"),
    people: t("findWho"),
    accounts: t("findAccount"),
    times: t("filterTimes", { timeZone }),
    channel: t("filterChannel"),
    outcome: t("filterOutcome"),
  };
}
