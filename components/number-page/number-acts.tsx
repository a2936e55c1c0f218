import { useTranslations } from "next-intl";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { LinkButton } from "../ui/link-button.tsx";

/** What leads on from a number in service: to its schedules, and to asking somebody else. */
export function NumberActs({ number, canAsk }: { number: NumberRecord; canAsk: boolean }) {
  const t = useTranslations("number");
  if (number.retiredAt !== null) return null;
  const { phoneNumberId, acceptsBsuid } = number;
  return (
    <>
      <LinkButton href={`/schedule?q=${phoneNumberId}`}>{t("scheduled")}</LinkButton>
      {canAsk && (
        <LinkButton
          href={`/requests/new?number=${phoneNumberId}&accepts=${!acceptsBsuid}`}
          variant="primary"
        >
          {t(acceptsBsuid ? "askOff" : "askOn")}
        </LinkButton>
      )}
    </>
  );
}
