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

/** The requests, a row each; on a narrow screen each row becomes a block. */
export function RequestsTable({ requests }: { requests: readonly RequestSummary[] }) {
  const t = useTranslations("requests");
  return (
    <RowTable
      caption={t("title")}
      columns={COLUMNS.map(({ key, style }) => ({ name: t(key), style }))}
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
    <tr>
      <th scope="row">
        <Link
          href={`/requests/${id}`}
          prefetch={false}
          className="font-medium wrap-anywhere hover:underline"
        >
          <bdi>{display}</bdi>
        </Link>
        <span className="block text-meta text-muted wrap-anywhere">
          {t("accounts", {
            names: request.accounts.map(isolate).join(", "),
            more: request.accountCount - request.accounts.length,
          })}
        </span>
        <span className="block text-meta text-muted wrap-anywhere">
          <bdi>{reason}</bdi>
        </span>
      </th>
      <td>
        <RequestState state={state} />
        {at && (
          <span className="block text-meta text-muted">
            <Moment at={at} />
          </span>
        )}
      </td>
      <td className="text-muted">
        <span className="md:hidden">{t("columnAsked")}: </span>
        <Moment at={requestedAt} />
        <span className="block wrap-anywhere">{t("by", { name: isolate(requestedBy.name) })}</span>
      </td>
      <td className={`tabular-nums rail:text-right ${lost === 0 ? "text-muted" : ""}`}>
        <span className="md:hidden">{t("columnLost")}: </span>
        {t("lost", { count: lost })}
      </td>
    </tr>
  );
}
