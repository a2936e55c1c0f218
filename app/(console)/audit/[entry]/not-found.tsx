import { useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Message } from "#components/ui/message.tsx";

export default function EntryNotFound() {
  const t = useTranslations("entry");
  return (
    <Message title={t("notFoundTitle")} hint={t("notFoundHint")}>
      <LinkButton href="/audit" variant="primary">
        {t("toTrail")}
      </LinkButton>
    </Message>
  );
}
