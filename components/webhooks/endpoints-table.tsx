import Link from "next/link";
import { useTranslations } from "next-intl";
import type { EndpointRecord } from "#lib/webhooks/endpoint-record.ts";
import { Moment } from "../moment.tsx";
import { RowTable } from "../ui/row-table.tsx";
import { EndpointState } from "./endpoint-state.tsx";

const COLUMNS = [
  { key: "columnUrl", style: "" },
  { key: "columnEvents", style: "" },
  { key: "columnState", style: "w-60" },
  { key: "columnDelivered", style: "w-48" },
] as const;
const CELL = "block min-w-0 py-0.5 lg:table-cell lg:h-10 lg:px-2 lg:py-1.5 lg:align-top";

/** The endpoints, a row each; on a narrow screen each row becomes a block. */
export function EndpointsTable({ endpoints }: { endpoints: readonly EndpointRecord[] }) {
  const t = useTranslations("endpoints");
  return (
    <RowTable
      caption={t("title")}
      columns={COLUMNS.map(({ key, style }) => ({ name: t(key), style }))}
      from="lg"
    >
      {endpoints.map((endpoint) => (
        <tr key={endpoint.id} className="block border-t px-2 py-2 lg:table-row lg:px-0 lg:py-0">
          <th scope="row" className={`${CELL} text-left font-medium wrap-anywhere`}>
            <Link
              href={`/webhooks/${endpoint.id}`}
              prefetch={false}
              className="text-accent underline"
            >
              <bdi>{endpoint.url}</bdi>
            </Link>
          </th>
          <td className={`${CELL} font-mono text-xs wrap-anywhere`}>
            {endpoint.events.join(", ")}
          </td>
          <td className={CELL}>
            <EndpointState endpoint={endpoint} />
          </td>
          <td className={CELL}>
            <span className="lg:hidden">{t("columnDelivered")}: </span>
            {endpoint.lastSuccessAt ? <Moment at={endpoint.lastSuccessAt} /> : t("never")}
          </td>
        </tr>
      ))}
    </RowTable>
  );
}
