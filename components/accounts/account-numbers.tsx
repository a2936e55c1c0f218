import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { AccountRecord } from "#lib/accounts/account-record.ts";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import type { Loss } from "#lib/numbers/read-losses.ts";
import { FlagState } from "../flags/flag-state.tsx";
import { PhoneNumber } from "../numbers/phone-number.tsx";

type Props = {
  account: AccountRecord;
  /** In service, portfolio by portfolio; perhaps not all. */
  numbers: readonly NumberRecord[];
  losses: ReadonlyMap<string, Loss>;
};

/** An account's numbers by portfolio, with their state and what they lose. */
export function AccountNumbers({ account, numbers, losses }: Props) {
  const t = useTranslations("accounts");
  const format = useFormatter();
  const { on, off, retired } = account.numbers;
  const byPortfolio = Map.groupBy(numbers, ({ portfolioId }) => portfolioId);
  return (
    <section aria-labelledby="numbers" className="min-w-0">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-3 pb-1">
        <h2 id="numbers" className="font-semibold">
          {t("numbers")}
        </h2>
        <Link
          href={`/numbers?account=${account.id}&state=all`}
          prefetch={false}
          className="underline decoration-line-field underline-offset-3"
        >
          {t("allNumbers", { count: on + off + retired })}
        </Link>
      </div>
      <p className="pb-2 text-muted tabular-nums">
        {t("sums", { on, off, retired })} ·{" "}
        {t("lost", { lost: format.number(account.lostIn7Days) })}
      </p>
      {account.portfolios.map((portfolio) => (
        <Portfolio
          key={portfolio.portfolioId}
          portfolio={portfolio}
          numbers={byPortfolio.get(portfolio.portfolioId) ?? []}
          losses={losses}
        />
      ))}
    </section>
  );
}

function Portfolio({
  portfolio: { portfolioId, on, off, isMixed },
  numbers,
  losses,
}: Pick<Props, "numbers" | "losses"> & { portfolio: AccountRecord["portfolios"][number] }) {
  const t = useTranslations("accounts");
  return (
    <div className="pb-3">
      <h3 className="flex min-h-8 flex-wrap items-center gap-x-3 border-t text-muted">
        <span className="wrap-anywhere">{t("portfolio", { portfolioId })}</span>
        {isMixed && <span className="text-amber">{t("mixed", { on, total: on + off })}</span>}
      </h3>
      <ul>
        {numbers.map((number) => (
          <Row key={number.phoneNumberId} number={number} losses={losses} />
        ))}
      </ul>
      {numbers.length < on + off && (
        <p className="text-muted">{t("moreNumbers", { count: on + off - numbers.length })}</p>
      )}
    </div>
  );
}

function Row({ number, losses }: { number: NumberRecord } & Pick<Props, "losses">) {
  const t = useTranslations("accounts");
  const format = useFormatter();
  const { phoneNumberId, label, displayPhoneNumber } = number;
  const lost = losses.get(phoneNumberId)?.week ?? 0;
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 border-t py-1">
      <span className="min-w-40 flex-1">
        <Link
          href={`/numbers/${phoneNumberId}`}
          prefetch={false}
          className="font-medium wrap-anywhere hover:underline"
        >
          <bdi>{label}</bdi>
        </Link>
        <span className="block text-meta text-muted">
          <PhoneNumber e164={displayPhoneNumber} />
        </span>
      </span>
      {lost > 0 && (
        <span className="text-amber tabular-nums">{t("lost", { lost: format.number(lost) })}</span>
      )}
      <FlagState flag={number} />
    </li>
  );
}
