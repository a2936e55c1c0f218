import { useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Message } from "#components/ui/message.tsx";

export default function SelectionNotFound() {
  const t = useTranslations("review");
  return (
    <Message title={t("goneTitle")} hint={t("goneHint")}>
      <LinkButton href="/numbers" variant="primary">
        {t("toNumbers")}
      </LinkButton>
    </Message>
  );
}
