import { useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Message } from "#components/ui/message.tsx";

export default function RequestNotFound() {
  const t = useTranslations("requests");
  return (
    <Message title={t("notFoundTitle")} hint={t("notFoundHint")}>
      <LinkButton href="/requests" variant="primary">
        {t("back")}
      </LinkButton>
    </Message>
  );
}
