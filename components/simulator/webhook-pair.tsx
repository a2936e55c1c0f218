import { useTranslations } from "next-intl";
import type { OffAndOn } from "./decide-entry.ts";
import { JsonPair } from "./json-pair.tsx";

/** The business's webhook from a phone-only number and from an accepting one. */
export function WebhookPair({
  webhooks,
  applies,
  noneText,
}: {
  webhooks: OffAndOn<object | null>;
  /** The one that applies here; null while it is not known. */
  applies: "off" | "on" | null;
  /** Why there is no webhook. */
  noneText: string;
}) {
  const t = useTranslations("simulator");
  const toSide = (side: "off" | "on") => ({
    title: t(`side.${side}`),
    aside: applies === side && (
      <span className="rounded-full bg-selected px-2 text-meta">{t("applies")}</span>
    ),
    value: webhooks[side],
    ...(webhooks[side] === null ? { note: noneText } : {}),
  });
  return <JsonPair left={toSide("off")} right={toSide("on")} />;
}
