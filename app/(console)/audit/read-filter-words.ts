import { getTranslations } from "next-intl/server";

/** The filters run in the browser, so their words go there as they are. */
export async function readFilterWords(timeZone: string) {
  const t = await getTranslations("audit");
  return {
    filters: t("filters"),
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
