import Link from "next/link";
import { useTranslations } from "next-intl";
import type { BatchChange } from "#lib/batches/get-batch.ts";
import { FlagState } from "../flags/flag-state.tsx";
import { PhoneNumber } from "../numbers/phone-number.tsx";
import { RowTable } from "../ui/row-table.tsx";

const COLUMNS = ["columnNumber", "columnAccount", "columnBecame", "columnSince"] as const;

/** The numbers of a batch: what it made of each, and which moved on since. */
export function BatchTable({ changes }: { changes: readonly BatchChange[] }) {
  const t = useTranslations("batch");
  return (
    <RowTable caption={t("numbers")} columns={COLUMNS.map((key) => ({ name: t(key) }))}>
      {changes.map((change) => (
        <tr key={change.revision}>
          <th scope="row">
            <Link
              href={`/numbers/${change.phoneNumberId}`}
              prefetch={false}
              className="block font-medium wrap-anywhere hover:underline"
            >
              <bdi>{change.label}</bdi>
            </Link>
            <span className="block text-meta text-muted">
              <PhoneNumber e164={change.displayPhoneNumber} />
            </span>
          </th>
          <td className="wrap-anywhere">
            <bdi>{change.account.name}</bdi>
          </td>
          <td>
            <FlagState flag={{ acceptsBsuid: change.acceptsBsuid, retiredAt: null }} />
          </td>
          <td className="text-muted">{change.hasMovedOn && t("changedSince")}</td>
        </tr>
      ))}
    </RowTable>
  );
}
