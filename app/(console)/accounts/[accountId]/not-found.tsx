import { useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Message } from "#components/ui/message.tsx";

export default function AccountNotFound() {
  const t = useTranslations("accounts");
  return (
    <Message title={t("notFoundTitle")} hint={t("notFoundHint")}>
      <LinkButton href="/accounts" variant="primary">
        {t("showAll")}
      </LinkButton>
    </Message>
  );
}
