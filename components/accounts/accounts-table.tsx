import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { AccountRecord } from "#lib/accounts/account-record.ts";
import { isolate } from "../ui/isolate.ts";
import { RowTable } from "../ui/row-table.tsx";

const COLUMNS = [
  { key: "columnAccount", style: "" },
  { key: "columnManager", style: "" },
  { key: "columnOn", style: "w-24 text-right" },
  { key: "columnOff", style: "w-24 text-right" },
  { key: "columnMixed", style: "w-24 text-right" },
  { key: "columnLost", style: "w-28 text-right" },
  { key: "columnRule", style: "w-32" },
] as const;

/** The accounts, a row each; on a narrow screen each row becomes a block. */
export function AccountsTable({
  accounts,
  isSelectable,
}: {
  accounts: readonly AccountRecord[];
  isSelectable: boolean;
}) {
  const t = useTranslations("accounts");
  return (
    <RowTable
      caption={t("title")}
      columns={COLUMNS.map(({ key, style }) => ({ name: t(key), style }))}
    >
      {accounts.map((account) => (
        <Row key={account.id} account={account} isSelectable={isSelectable} />
      ))}
    </RowTable>
  );
}

function Row({ account, isSelectable }: { account: AccountRecord; isSelectable: boolean }) {
  const t = useTranslations("accounts");
  const { id, name, externalId, manager, numbers, portfolios, lostIn7Days } = account;
  return (
    <tr>
      <th scope="row">
        <span className="flex items-center gap-2">
          {isSelectable && (
            <input
              type="checkbox"
              name="account"
              value={id}
              aria-label={t("select", { name: isolate(name) })}
              className="size-5 shrink-0 accent-ink"
            />
          )}
          <span className="min-w-0">
            <Link
              href={`/accounts/${id}`}
              prefetch={false}
              className="font-medium wrap-anywhere hover:underline"
            >
              <bdi>{name}</bdi>
            </Link>
            <span className="block text-meta text-muted wrap-anywhere">{externalId}</span>
          </span>
        </span>
      </th>
      <td>
        {manager ? <bdi>{manager.name}</bdi> : <span className="text-muted">{t("noManager")}</span>}
      </td>
      <Count name={t("columnOn")} count={numbers.on} />
      <Count name={t("columnOff")} count={numbers.off} />
      <Count
        name={t("columnMixed")}
        count={portfolios.filter(({ isMixed }) => isMixed).length}
        isWarning
      />
      <Count name={t("columnLost")} count={lostIn7Days} isWarning />
      <td>{account.needsTwoPeople && t("twoPeople")}</td>
    </tr>
  );
}

function Count({
  name,
  count,
  isWarning = false,
}: {
  name: string;
  count: number;
  /** More than none is something to look at. */
  isWarning?: boolean;
}) {
  const format = useFormatter();
  const tone = count === 0 ? "text-muted" : isWarning ? "text-amber" : "";
  return (
    <td className={`tabular-nums rail:text-right ${tone}`}>
      <span className="md:hidden">{name}: </span>
      {format.number(count)}
    </td>
  );
}
