import Link from "next/link";
import { useTranslations } from "next-intl";
import type { BatchChange } from "#lib/batches/get-batch.ts";
import { FlagState } from "../flags/flag-state.tsx";
import { PhoneNumber } from "../numbers/phone-number.tsx";

const CELL = "block min-w-0 py-0.5 md:table-cell md:h-10 md:px-2 md:py-1 md:align-middle";

/** The numbers of a batch: what it made of each, and which moved on since. */
export function BatchTable({ changes }: { changes: readonly BatchChange[] }) {
  const t = useTranslations("batch");
  return (
    <table className="block w-full border-y md:table">
      <caption className="sr-only">{t("numbers")}</caption>
      <thead className="sr-only md:not-sr-only md:table-header-group">
        <tr className="text-left text-xs text-muted md:h-8">
          {(["columnNumber", "columnAccount", "columnBecame", "columnSince"] as const).map(
            (key) => (
              <th key={key} scope="col" className="px-2 font-medium">
                {t(key)}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody className="block md:table-row-group">
        {changes.map((change) => (
          <tr key={change.revision} className="block border-t py-2 md:table-row md:py-0">
            <td className={CELL}>
              <Link
                href={`/numbers/${change.phoneNumberId}`}
                prefetch={false}
                className="block font-medium wrap-anywhere hover:underline"
              >
                <bdi>{change.label}</bdi>
              </Link>
              <span className="block text-xs text-muted">
                <PhoneNumber e164={change.displayPhoneNumber} />
              </span>
            </td>
            <td className={`${CELL} wrap-anywhere`}>
              <bdi>{change.account.name}</bdi>
            </td>
            <td className={CELL}>
              <FlagState flag={{ acceptsBsuid: change.acceptsBsuid, retiredAt: null }} />
            </td>
            <td className={`${CELL} text-muted`}>{change.hasMovedOn && t("changedSince")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
