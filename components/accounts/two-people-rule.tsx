import { useTranslations } from "next-intl";
import type { AccountRecord } from "#lib/accounts/account-record.ts";
import type { SetTwoPeople } from "./account-actions.ts";
import { TwoPeopleButton } from "./account-buttons.tsx";

/** Whether an account's changes take two people, what that means, and its switch. */
export function TwoPeopleRule({
  account: { id, name, needsTwoPeople },
  isAsked,
  setTwoPeople,
}: {
  account: AccountRecord;
  /** Whether somebody has asked to lift the rule. */
  isAsked: boolean;
  /** Null for who may only look. */
  setTwoPeople: SetTwoPeople | null;
}) {
  const t = useTranslations("accounts");
  return (
    <section aria-labelledby="two-people" className="rounded-control border bg-canvas p-4">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-3">
        <h2 id="two-people" className="font-semibold">
          {t("rule")}
        </h2>
        <span>{t(needsTwoPeople ? "ruleOn" : "ruleOff")}</span>
      </div>
      <p className="pt-2">{t(needsTwoPeople ? "ruleOnMeans" : "ruleOffMeans")}</p>
      {isAsked && <p className="pt-2 text-amber">{t("liftWaits")}</p>}
      {setTwoPeople && !isAsked && (
        <div className="pt-3">
          <TwoPeopleButton
            account={{ id, name }}
            needsTwoPeople={!needsTwoPeople}
            setTwoPeople={setTwoPeople}
          />
        </div>
      )}
    </section>
  );
}
