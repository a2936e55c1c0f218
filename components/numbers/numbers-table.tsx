import { useTranslations } from "next-intl";
import type { NumberSort } from "#lib/numbers/number-order.ts";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { NumberRow } from "./number-row.tsx";

const COLUMNS = [
  { key: "columnNumber", sort: "label" },
  { key: "columnAccount", sort: "account" },
  { key: "columnState", sort: null },
  { key: "columnChanged", sort: "changed" },
  { key: "columnId", sort: null },
] as const;

/** The numbers, a row each; on a narrow screen each row becomes a block. */
export function NumbersTable({
  numbers,
  canSetFlag,
  sort,
}: {
  numbers: readonly NumberRecord[];
  canSetFlag: boolean;
  sort: NumberSort;
}) {
  const t = useTranslations("numbers");
  const order = sort === "changed" ? "descending" : "ascending";
  return (
    <table className="block w-full border-y md:table md:table-fixed">
      <caption className="sr-only">{t("title")}</caption>
      <thead className="sr-only md:not-sr-only md:table-header-group">
        <tr className="text-left text-xs text-muted md:h-8">
          {COLUMNS.map((column) => (
            <th
              key={column.key}
              scope="col"
              {...(column.sort === sort ? { "aria-sort": order } : {})}
              className="px-2 font-medium first:pl-0 last:w-44 last:pr-0 nth-[3]:w-40 nth-[4]:w-44"
            >
              {t(column.key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block md:table-row-group">
        {numbers.map((number) => (
          <NumberRow key={number.phoneNumberId} number={number} canSetFlag={canSetFlag} />
        ))}
      </tbody>
    </table>
  );
}
