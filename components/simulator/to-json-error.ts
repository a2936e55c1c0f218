import type { useTranslations } from "next-intl";
import type { UnreadableText } from "./read-typed-json.ts";

/** The error below a text box whose text cannot be read; null when it can. */
export function toJsonError(
  reading: UnreadableText | { kind: "read" },
  t: ReturnType<typeof useTranslations<"simulator">>,
): string | null {
  if (reading.kind === "too_large") return t("tooLarge");
  if (reading.kind !== "broken") return null;
  const { kind, line, column, found } = reading.problem;
  return t(`broken.${kind}`, { line, column, found });
}
