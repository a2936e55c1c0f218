import { useTranslations } from "next-intl";
import { LinkButton } from "./ui/link-button.tsx";
import { Message } from "./ui/message.tsx";

/** A page that somebody's role does not open: whom to ask, and where to go on. */
export function Forbidden() {
  const t = useTranslations("forbidden");
  return (
    <Message title={t("title")} hint={t("hint")}>
      <LinkButton href="/numbers" variant="primary">
        {t("toNumbers")}
      </LinkButton>
    </Message>
  );
}
