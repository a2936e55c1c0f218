import { getTranslations } from "next-intl/server";
import { TOKEN_KINDS, TOKEN_STATES, type TokensQuery } from "./tokens-query.ts";

/**
 * The texts and choices of the filters, which run in the browser and so get them as strings. A person who
 * sees only their own tokens has one kind to choose from.
 */
export async function readTokenFilters(
  { kind, state }: TokensQuery,
  { isManager }: { isManager: boolean },
) {
  const t = await getTranslations("tokens");
  const kindNames = {
    all: t("anyKind"),
    service: t("kindService"),
    personal: t("kindPersonal"),
  };
  const stateNames = {
    working: t("stateWorking"),
    ended: t("stateEnded"),
    all: t("stateAll"),
  };
  const byKind = {
    name: "kind",
    label: t("filterKind"),
    value: kind,
    defaultValue: "all",
    options: TOKEN_KINDS.map((value) => ({ value, label: kindNames[value] })),
  };
  const byState = {
    name: "state",
    label: t("filterState"),
    value: state,
    defaultValue: "working",
    options: TOKEN_STATES.map((value) => ({ value, label: stateNames[value] })),
  };
  return {
    words: {
      search: t("search"),
      placeholder: t(isManager ? "searchPlaceholder" : "searchPlaceholderOwn"),
      apply: t("apply"),
      clear: t("clear"),
      filters: t("filters"),
    },
    choices: isManager ? [byKind, byState] : [byState],
  };
}
