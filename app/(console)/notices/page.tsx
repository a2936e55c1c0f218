import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { InstantButton } from "#components/actions/instant-button.tsx";
import { NoticeList } from "#components/notices/notice-list.tsx";
import { Count } from "#components/ui/count.tsx";
import { ListResults } from "#components/ui/list-results.tsx";
import { Message } from "#components/ui/message.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listNotices } from "#lib/notices/list-notices.ts";
import { orBadLink } from "../../bad-link.ts";
import { requireActor } from "../../session.ts";
import { markReadAction } from "./actions.ts";
import { loadNoticesQuery, toNoticesHref } from "./notices-query.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notices");
  return { title: t("title") };
}

export default async function NoticesPage({ searchParams }: PageProps<"/notices">) {
  const { after } = await loadNoticesQuery(searchParams);
  const actor = await requireActor(toNoticesHref(after));
  const result = await orBadLink(listNotices(actor, after === null ? {} : { cursor: after }));
  const t = await getTranslations("notices");
  const markAsRead = markReadAction.bind(null, actor.id);
  const words = {
    badLinkTitle: t("badLinkTitle"),
    badLinkHint: t("badLinkHint"),
    pages: t("pages"),
    first: t("first"),
    next: t("next"),
  };
  return (
    <>
      <PageHeader
        title={t("title")}
        beside={
          result !== "bad-link" && (
            <Count
              value={result.total}
              words={t("count", { count: result.total, unread: result.unread })}
            />
          )
        }
      >
        {result !== "bad-link" && result.unread > 0 && result.latestAt && (
          <InstantButton
            action={markAsRead}
            input={{ until: result.latestAt.toISOString() }}
            name={t("readAll")}
          />
        )}
      </PageHeader>
      <p className="py-4 text-muted">
        {t.rich("lead", {
          settings: (name) => (
            <Link
              href="/account"
              prefetch={false}
              className="underline decoration-line-field underline-offset-3"
            >
              {name}
            </Link>
          ),
        })}
      </p>
      <ListResults result={result} after={after} toHref={toNoticesHref} words={words}>
        {({ items, facts }) =>
          items.length === 0 ? (
            <Message level={2} title={t("noneTitle")} hint={t("noneHint")} />
          ) : (
            <NoticeList notices={items} facts={facts} markAsRead={markAsRead} />
          )
        }
      </ListResults>
    </>
  );
}
