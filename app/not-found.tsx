import { useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Message } from "#components/ui/message.tsx";

export default function NotFoundPage() {
  const t = useTranslations("notFound");
  return (
    <main>
      <Message title={t("title")} hint={t("hint")}>
        <LinkButton href="/numbers" variant="primary">
          {t("toNumbers")}
        </LinkButton>
      </Message>
    </main>
  );
}
