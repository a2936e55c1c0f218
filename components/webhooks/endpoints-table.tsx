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

/** The endpoints, a row each; on a narrow screen each row becomes a block. */
export function EndpointsTable({ endpoints }: { endpoints: readonly EndpointRecord[] }) {
  const t = useTranslations("endpoints");
  return (
    <RowTable
      caption={t("title")}
      columns={COLUMNS.map(({ key, style }) => ({ name: t(key), style }))}
    >
      {endpoints.map((endpoint) => (
        <tr key={endpoint.id}>
          <th scope="row" className="font-medium wrap-anywhere">
            <Link
              href={`/webhooks/${endpoint.id}`}
              prefetch={false}
              className="underline decoration-line-field underline-offset-3"
            >
              <bdi>{endpoint.url}</bdi>
            </Link>
          </th>
          <td className="font-mono text-meta wrap-anywhere">{endpoint.events.join(", ")}</td>
          <td>
            <EndpointState endpoint={endpoint} />
          </td>
          <td>
            <span className="lg:hidden">{t("columnDelivered")}: </span>
            {endpoint.lastSuccessAt ? <Moment at={endpoint.lastSuccessAt} /> : t("never")}
          </td>
        </tr>
      ))}
    </RowTable>
  );
}
