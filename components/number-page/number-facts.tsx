import { useTranslations } from "next-intl";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { Fact, Identifier } from "../fact.tsx";
import { Moment } from "../moment.tsx";

/** The number's identifiers to copy, and its place in the trail; folded, since few need them. */
export function NumberFacts({ number }: { number: NumberRecord }) {
  const t = useTranslations("number");
  return (
    <details>
      <summary className="min-h-8 font-semibold">{t("facts")}</summary>
      <dl>
        <Identifier name={t("phoneNumberId")} value={number.phoneNumberId} />
        <Identifier name={t("phone")} value={number.displayPhoneNumber} />
        <Identifier name={t("portfolio")} value={number.portfolioId} />
        <Identifier name={t("waba")} value={number.wabaId} />
        <Fact name={t("version")}>{t("versionValue", { version: number.flagVersion })}</Fact>
        <Fact name={t("revision")}>
          {number.flagRevision === 0 ? t("noRevision") : number.flagRevision}
        </Fact>
        {number.retiredAt && (
          <Fact name={t("retiredSince")}>
            <Moment at={number.retiredAt} />
          </Fact>
        )}
      </dl>
    </details>
  );
}
