import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { Moment } from "../moment.tsx";
import { CopyButton } from "../ui/copy-button.tsx";

/** Everything known of the number, its identifiers ready to copy. */
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
        <Fact name={t("account")}>{account.name}</Fact>
        <Fact name={t("manager")}>
          {account.manager ? (
            <a href={`mailto:${account.manager.email}`} className="underline">
              {account.manager.name}
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

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-h-8 items-center justify-between gap-2 border-t">
      <dt className="shrink-0 text-muted">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1 text-right wrap-anywhere tabular-nums">
        {children}
      </dd>
    </div>
  );
}

function Identifier({ name, value }: { name: string; value: string }) {
  const t = useTranslations("number");
  return (
    <Fact name={name}>
      <span className="font-mono text-xs">{value}</span>
      <CopyButton
        value={value}
        name={t("copy", { what: name })}
        doneName={t("copied")}
        icon={<Copy aria-hidden className="size-3.5" />}
        doneIcon={<Check aria-hidden className="size-3.5" />}
      />
    </Fact>
  );
}
