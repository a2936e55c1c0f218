import { useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Message } from "#components/ui/message.tsx";

export default function ScheduleNotFound() {
  const t = useTranslations("schedule");
  return (
    <Message title={t("notFoundTitle")} hint={t("notFoundHint")}>
      <LinkButton href="/schedule" variant="primary">
        {t("back")}
      </LinkButton>
    </Message>
  );
}
