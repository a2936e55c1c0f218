import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RequestSummary } from "#lib/requests/list-request-summaries.ts";
import { Moment } from "../moment.tsx";
import { isolate } from "../ui/isolate.ts";
import { RowTable } from "../ui/row-table.tsx";
import { RequestState } from "./request-state.tsx";

const COLUMNS = [
  { key: "columnRequest", style: "" },
  { key: "columnState", style: "w-36" },
  { key: "columnAsked", style: "w-56" },
  { key: "columnLost", style: "w-36 text-right" },
] as const;
const CELL = "block min-w-0 py-0.5 md:table-cell md:h-10 md:px-2 md:py-1.5 md:align-top";

/** The requests, a row each; on a narrow screen each row becomes a block. */
export function RequestsTable({ requests }: { requests: readonly RequestSummary[] }) {
  const t = useTranslations("requests");
  return (
    <RowTable
      caption={t("title")}
      columns={COLUMNS.map(({ key, style }) => ({ name: t(key), style }))}
      from="md"
    >
      {requests.map((request) => (
        <Row key={request.id} request={request} />
      ))}
    </RowTable>
  );
}

function Row({ request }: { request: RequestSummary }) {
  const t = useTranslations("requests");
  const { id, display, state, reason, requestedBy, requestedAt, at, lost } = request;
  return (
    <tr className="block border-t px-2 py-2 md:table-row md:px-0 md:py-0">
      <th scope="row" className={`${CELL} text-left font-normal`}>
        <Link
          href={`/requests/${id}`}
          prefetch={false}
          className="font-medium wrap-anywhere hover:underline"
        >
          <bdi>{display}</bdi>
        </Link>
        <span className="block text-xs text-muted wrap-anywhere">
          {t("accounts", {
            names: request.accounts.map(isolate).join(", "),
            more: request.accountCount - request.accounts.length,
          })}
        </span>
        <span className="block text-xs text-muted wrap-anywhere">
          <bdi>{reason}</bdi>
        </span>
      </th>
      <td className={CELL}>
        <RequestState state={state} />
        {at && (
          <span className="block text-xs text-muted">
            {t.rich("waits", { when: () => <Moment at={at} /> })}
          </span>
        )}
      </td>
      <td className={`${CELL} text-muted`}>
        <span className="md:hidden">{t("columnAsked")}: </span>
        <Moment at={requestedAt} />
        <span className="block wrap-anywhere">{t("by", { name: isolate(requestedBy.name) })}</span>
      </td>
      <td className={`${CELL} tabular-nums md:text-right ${lost === 0 ? "text-muted" : ""}`}>
        <span className="md:hidden">{t("columnLost")}: </span>
        {t("lost", { count: lost })}
      </td>
    </tr>
  );
}
