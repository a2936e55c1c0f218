import { useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Message } from "#components/ui/message.tsx";

export default function PersonNotFound() {
  const t = useTranslations("people");
  return (
    <Message title={t("notFoundTitle")} hint={t("notFoundHint")}>
      <LinkButton href="/people" variant="primary">
        {t("showAll")}
      </LinkButton>
    </Message>
  );
}
