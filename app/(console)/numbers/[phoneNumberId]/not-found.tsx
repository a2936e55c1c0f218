import { useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Message } from "#components/ui/message.tsx";

export default function NumberNotFound() {
  const t = useTranslations("number");
  return (
    <Message title={t("notFoundTitle")} hint={t("notFoundHint")}>
      <LinkButton href="/numbers" variant="primary">
        {t("toNumbers")}
      </LinkButton>
    </Message>
  );
}
