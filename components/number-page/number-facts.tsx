import Link from "next/link";
import { useTranslations } from "next-intl";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { Fact, Identifier } from "../fact.tsx";
import { Moment } from "../moment.tsx";

/** Everything known about the number, with identifiers to copy. */
export function NumberFacts({ number }: { number: NumberRecord }) {
  const t = useTranslations("number");
  const numbers = useTranslations("numbers");
  const { account } = number;
  return (
    <section aria-labelledby="facts">
      <h2 id="facts" className="pb-1 font-semibold">
        {t("facts")}
      </h2>
      <dl>
        <Identifier name={t("phoneNumberId")} value={number.phoneNumberId} />
        <Identifier name={t("phone")} value={number.displayPhoneNumber} />
        <Fact name={t("account")}>
          <Link href={`/accounts/${account.id}`} prefetch={false} className="underline">
            <bdi>{account.name}</bdi>
          </Link>
        </Fact>
        <Fact name={t("manager")}>
          {account.manager ? (
            <a href={`mailto:${account.manager.email}`} className="underline">
              <bdi>{account.manager.name}</bdi>
            </a>
          ) : (
            <span className="text-muted">{numbers("noManager")}</span>
          )}
        </Fact>
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
    </section>
  );
}
