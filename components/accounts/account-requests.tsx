import { useTranslations } from "next-intl";
import type { RequestRecord } from "#lib/flags/pending/request-record.ts";
import { Moment } from "../moment.tsx";
import { isolate } from "../ui/isolate.ts";

/** The open requests that name numbers of an account, or its rule; oldest first. */
export function AccountRequests({ requests }: { requests: readonly RequestRecord[] }) {
  const t = useTranslations("accounts");
  return (
    <section aria-labelledby="requests">
      <h2 id="requests" className="flex min-h-8 items-center pb-1 font-semibold">
        {t("requests")}
      </h2>
      {requests.length === 0 && <p className="text-muted">{t("noRequests")}</p>}
      <ul>
        {requests.map((request) => (
          <li key={request.id} className="border-t py-2">
            <p>
              {t.rich(request.liftsTwoPeopleOf ? "asksToLift" : "asksForNumbers", {
                name: isolate(request.requestedBy.name),
                count: request.changes.length,
                when: () => <Moment at={request.requestedAt} />,
              })}
            </p>
            <p className="text-muted wrap-anywhere">
              <bdi>{request.reason}</bdi>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
