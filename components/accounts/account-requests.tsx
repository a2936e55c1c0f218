import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RequestSummary } from "#lib/requests/list-request-summaries.ts";
import { Moment } from "../moment.tsx";
import { isolate } from "../ui/isolate.ts";
import { LinkButton } from "../ui/link-button.tsx";

/** The open requests that name numbers of an account, or its rule; oldest first. */
export function AccountRequests({
  account: { id, name },
  requests,
  canAsk,
}: {
  account: { id: string; name: string };
  requests: readonly RequestSummary[];
  canAsk: boolean;
}) {
  const t = useTranslations("accounts");
  return (
    <section aria-labelledby="requests">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-3 pb-1">
        <h2 id="requests" className="font-semibold">
          {t("requests")}
        </h2>
        <Link
          href={`/requests?account=${id}`}
          prefetch={false}
          className="underline decoration-line-field underline-offset-3"
        >
          {t("allRequests")}
        </Link>
      </div>
      {requests.length === 0 && <p className="text-muted">{t("noRequests")}</p>}
      <ul>
        {requests.map((request) => (
          <li key={request.id} className="border-t py-2">
            <Link
              href={`/requests/${request.id}`}
              prefetch={false}
              className="font-medium wrap-anywhere hover:underline"
            >
              <bdi>{request.display}</bdi>
            </Link>
            <p className="text-muted">
              {t.rich("askedBy", {
                name: isolate(request.requestedBy.name),
                when: () => <Moment at={request.requestedAt} />,
              })}
            </p>
          </li>
        ))}
      </ul>
      {canAsk && (
        <div className="border-t pt-3">
          <LinkButton href={`/requests/new?${new URLSearchParams({ q: name })}`}>
            {t("ask")}
          </LinkButton>
        </div>
      )}
    </section>
  );
}
