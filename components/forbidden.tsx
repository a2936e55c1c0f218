import { useTranslations } from "next-intl";
import { LinkButton } from "./ui/link-button.tsx";
import { Message } from "./ui/message.tsx";

/** Shown when a person's role does not allow a page: whom to ask, and where to go on. */
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
