import { useTranslations } from "next-intl";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import type { NumberSort } from "#lib/numbers/number-sorts.ts";
import type { Loss } from "#lib/numbers/read-losses.ts";
import { ArrowDown, ArrowUp } from "../ui/icons.tsx";
import { PlainLink } from "../ui/plain-link.tsx";
import { NumberRow } from "./number-row.tsx";
import { RowsInPlace } from "./rows-in-place.tsx";
import { SELECTION_FORM } from "./selection-form.ts";

const COLUMNS = [
  { key: "columnNumber", sort: "label", style: "" },
  { key: "columnAccount", sort: "account", style: "max-lg:hidden" },
  { key: "columnState", sort: null, style: "w-56" },
  { key: "columnLost", sort: "loss", style: "w-32 text-end! xl:w-44" },
  { key: "columnChanged", sort: "changed", style: "" },
] as const;

const DESCENDING: readonly NumberSort[] = ["changed", "loss"];

/** The numbers, a row each; on a narrow screen each row becomes a block. */
export function NumbersTable({
  listKey,
  numbers,
  losses,
  liveRevisions,
  canSelect,
  canSetFlag,
  needingTwoPeople,
  sort,
  toSortHref,
}: {
  /** The same for the same search: then rows stay in their places. */
  listKey: string;
  numbers: readonly NumberRecord[];
  losses: ReadonlyMap<string, Loss>;
  /**
   * The revision that each live instance has applied; null for a cursor that this database never issued.
   */
  liveRevisions: readonly (number | null)[];
  canSelect: boolean;
  canSetFlag: boolean;
  /** The ids of accounts that take two people for a change. */
  needingTwoPeople: ReadonlySet<string>;
  sort: NumberSort;
  toSortHref: (sort: NumberSort) => `/numbers?${string}`;
}) {
  const t = useTranslations("numbers");
  const isDescending = DESCENDING.includes(sort);
  const Arrow = isDescending ? ArrowDown : ArrowUp;
  const mostLost = Math.max(1, ...[...losses.values()].flatMap(({ days }) => days));
  return (
    <div className="bleed">
      <table className="rows numbers">
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr>
            {canSelect && (
              <th scope="col" className="w-14">
                <input
                  type="checkbox"
                  form={SELECTION_FORM}
                  aria-label={t("selectAll")}
                  className="size-4 align-middle accent-ink"
                />
              </th>
            )}
            {COLUMNS.map(({ key, sort: by, style }) => (
              <th
                key={key}
                scope="col"
                {...(by === sort
                  ? { "aria-sort": isDescending ? ("descending" as const) : ("ascending" as const) }
                  : {})}
                className={style}
              >
                {by ? (
                  <PlainLink
                    href={toSortHref(by)}
                    className={`inline-flex min-h-6 items-center gap-1 hover:text-text ${by === sort ? "text-text" : ""}`}
                  >
                    {t(key)}
                    {by === sort && <Arrow aria-hidden className="size-3.5" />}
                  </PlainLink>
                ) : (
                  t(key)
                )}
              </th>
            ))}
            <th scope="col" className="w-12 max-xl:hidden">
              <span className="sr-only">{t("columnMore")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <RowsInPlace
            key={listKey}
            ids={numbers.map(({ phoneNumberId }) => phoneNumberId)}
            rows={numbers.map((number) => (
              <NumberRow
                key={number.phoneNumberId}
                number={number}
                loss={losses.get(number.phoneNumberId) ?? null}
                mostLost={mostLost}
                liveRevisions={liveRevisions}
                canSelect={canSelect}
                canSetFlag={canSetFlag}
                needsTwoPeople={needingTwoPeople.has(number.account.id)}
              />
            ))}
          />
        </tbody>
      </table>
    </div>
  );
}
