import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, parseAsString } from "nuqs/server";
import { ForcedChanges } from "#components/requests/forced-changes.tsx";
import { Message } from "#components/ui/message.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { can } from "#lib/access/authorize.ts";
import { listForcedChanges } from "#lib/flags/list-forced-changes.ts";
import { orBadLink } from "../../../bad-link.ts";
import { requireActor } from "../../../session.ts";
import { reviewForcedChangeAction } from "../actions.ts";

/** More than ever wait at once. */
const MAX_WAITING = 200;
const PAGE_SIZE = 20;

const loadQuery = createLoader({ after: parseAsString });

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("forced");
  return { title: t("title") };
}

export default async function ForcedChangesPage({ searchParams }: PageProps<"/requests/forced">) {
  const { after } = await loadQuery(searchParams);
  const actor = await requireActor("/requests/forced");
  const page = { isReviewed: true, limit: PAGE_SIZE, ...(after === null ? {} : { cursor: after }) };
  const [waiting, reviewed, t] = await Promise.all([
    listForcedChanges(actor, { isReviewed: false, limit: MAX_WAITING }),
    orBadLink(listForcedChanges(actor, page)),
    getTranslations("forced"),
  ]);
  const requests = await getTranslations("requests");
  if (reviewed === "bad-link") {
    return <Message title={requests("badLinkTitle")} hint={requests("badLinkHint")} />;
  }
  const viewer = { id: actor.id, canReview: can(actor, "flag:force-review") };
  const review = reviewForcedChangeAction.bind(null, actor.id);
  return (
    <>
      <PageHeader title={t("title")} back={{ href: "/requests", name: t("back") }} />
      <p className="max-w-prose py-4 text-muted">{t("lead")}</p>
      <section aria-labelledby="waiting" className="pb-6">
        <h2 id="waiting" className="pb-1 font-semibold">
          {t("waiting", { count: waiting.total })}
        </h2>
        <ForcedChanges changes={waiting.items} viewer={viewer} review={review} />
      </section>
      <section aria-labelledby="reviewed">
        <h2 id="reviewed" className="pb-1 font-semibold">
          {t("reviewed")}
        </h2>
        {reviewed.items.length === 0 && <p className="text-muted">{t("reviewedNone")}</p>}
        <ForcedChanges changes={reviewed.items} viewer={viewer} review={review} />
        <Pager
          name={t("pages")}
          first={after === null ? null : { name: t("first"), href: "/requests/forced" }}
          next={
            reviewed.nextCursor === null
              ? null
              : {
                  name: t("next"),
                  href: `/requests/forced?after=${encodeURIComponent(reviewed.nextCursor)}`,
                }
          }
        />
      </section>
    </>
  );
}
