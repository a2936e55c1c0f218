import { useTranslations } from "next-intl";
import type { LeftMixed } from "#lib/selections/read-left-mixed.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import type { SelectionForm } from "./review-table.tsx";

const MAX_SHOWN = 20;

/** Accounts that a change would leave with some numbers on and some off, each with a way to take these along. */
export function LeftMixedList({
  accounts,
  acceptsBsuid,
  form,
}: {
  accounts: readonly LeftMixed[];
  acceptsBsuid: boolean;
  form: SelectionForm;
}) {
  const t = useTranslations("review");
  return (
    <Notice tone="warning">
      <p className="font-medium">{t("mixedTitle")}</p>
      <p>{t("mixedHint")}</p>
      <form method="post" action={form.action} className="pt-2">
        <input type="hidden" name="viewer" value={form.viewerId} />
        <ul className="flex flex-col gap-2">
          {accounts.slice(0, MAX_SHOWN).map(({ account, portfolioId, phoneNumberIds }) => (
            <li key={`${account.id} ${portfolioId}`} className="flex flex-wrap items-center gap-2">
              <span className="wrap-anywhere">
                {t(acceptsBsuid ? "mixedOff" : "mixedOn", {
                  account: account.name,
                  count: phoneNumberIds.length,
                })}
              </span>
              <Button type="submit" name="act" value={`along ${account.id} ${portfolioId}`}>
                {t("takeAlong", { count: phoneNumberIds.length })}
              </Button>
            </li>
          ))}
        </ul>
      </form>
      {accounts.length > MAX_SHOWN && (
        <p>{t("mixedMore", { count: accounts.length - MAX_SHOWN })}</p>
      )}
    </Notice>
  );
}
