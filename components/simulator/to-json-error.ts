import type { useTranslations } from "next-intl";
import type { Unread } from "./read-typed-json.ts";

/** What keeps a text from being read, in words for below its box; null: nothing does. */
export function toJsonError(
  reading: Unread | { kind: "read" },
  t: ReturnType<typeof useTranslations<"simulator">>,
): string | null {
  if (reading.kind === "too_large") return t("tooLarge");
  if (reading.kind !== "broken") return null;
  const { kind, line, column, found } = reading.problem;
  return t(`broken.${kind}`, { line, column, found });
}
