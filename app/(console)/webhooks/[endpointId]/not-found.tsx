import { useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Message } from "#components/ui/message.tsx";

export default function EndpointNotFound() {
  const t = useTranslations("endpoints");
  return (
    <Message title={t("notFoundTitle")} hint={t("notFoundHint")}>
      <LinkButton href="/webhooks" variant="primary">
        {t("showAll")}
      </LinkButton>
    </Message>
  );
}
