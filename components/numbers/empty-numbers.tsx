import { useTranslations } from "next-intl";
import { LinkButton } from "../ui/link-button.tsx";
import { Message } from "../ui/message.tsx";

/** Says that there is nothing to list, because nothing matches or the roster is empty. */
export function EmptyNumbers({ isRosterEmpty }: { isRosterEmpty: boolean }) {
  const t = useTranslations("numbers");
  if (isRosterEmpty) return <Message level={2} title={t("noneTitle")} hint={t("noneHint")} />;
  return (
    <Message level={2} title={t("noMatchTitle")} hint={t("noMatchHint")}>
      <LinkButton href="/numbers">{t("showAll")}</LinkButton>
    </Message>
  );
}
