import { useTranslations } from "next-intl";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import type { NumberSort } from "#lib/numbers/number-sorts.ts";
import type { Loss } from "#lib/numbers/read-losses.ts";
import { NumberRow } from "./number-row.tsx";

const COLUMNS = [
  { key: "columnNumber", sort: "label", style: "pl-0" },
  { key: "columnAccount", sort: "account", style: "" },
  { key: "columnState", sort: null, style: "w-40" },
  { key: "columnLost", sort: "loss", style: "w-36 text-right" },
  { key: "columnChanged", sort: "changed", style: "w-36 lg:w-44" },
  { key: "columnId", sort: null, style: "w-40 pr-0 md:max-xl:hidden" },
] as const;

/** The numbers, a row each; on a narrow screen each row becomes a block. */
export function NumbersTable({
  numbers,
  losses,
  liveRevisions,
  canSetFlag,
  needingTwoPeople,
  sort,
}: {
  numbers: readonly NumberRecord[];
  losses: ReadonlyMap<string, Loss>;
  /**
   * The revision that each live instance has applied; null for a cursor that this database never issued.
   */
  liveRevisions: readonly (number | null)[];
  canSetFlag: boolean;
  /** The ids of accounts that take two people for a change. */
  needingTwoPeople: ReadonlySet<string>;
  sort: NumberSort;
}) {
  const t = useTranslations("numbers");
  const order = sort === "changed" || sort === "loss" ? "descending" : "ascending";
  return (
    <table className="block w-full border-y md:table md:table-fixed">
      <caption className="sr-only">{t("title")}</caption>
      <thead className="sr-only md:not-sr-only md:table-header-group">
        <tr className="text-left text-meta text-muted md:h-8">
          {COLUMNS.map((column) => (
            <th
              key={column.key}
              scope="col"
              {...(column.sort === sort ? { "aria-sort": order } : {})}
              className={`px-2 font-medium ${column.style}`}
            >
              {t(column.key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block md:table-row-group">
        {numbers.map((number) => (
          <NumberRow
            key={number.phoneNumberId}
            number={number}
            loss={losses.get(number.phoneNumberId) ?? null}
            liveRevisions={liveRevisions}
            canSetFlag={canSetFlag}
            needsTwoPeople={needingTwoPeople.has(number.account.id)}
          />
        ))}
      </tbody>
    </table>
  );
}
