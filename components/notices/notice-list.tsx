import { useTranslations } from "next-intl";
import type { NoticePage } from "#lib/notices/list-notices.ts";
import type { Action } from "../actions/action.ts";
import { InstantButton } from "../actions/instant-button.tsx";
import { Moment } from "../moment.tsx";
import { NoticeSentence } from "./notice-sentence.tsx";

type MarkAsRead = Action<{ noticeId: string; until: string }, null>;

/** Notices, each with a sentence, its time, and a button while it is unread. */
export function NoticeList({
  notices,
  facts,
  markAsRead,
}: Pick<NoticePage, "facts"> & { notices: NoticePage["items"]; markAsRead: MarkAsRead }) {
  const t = useTranslations("notices");
  return (
    <ul className="border-y">
      {notices.map((notice) => {
        const until = notice.updatedAt.toISOString();
        return (
          <li
            key={notice.id}
            className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-t py-2 first:border-t-0"
          >
            <div className="min-w-0 flex-1 basis-64">
              <p className={`wrap-anywhere ${notice.readAt ? "text-muted" : "font-medium"}`}>
                {!notice.readAt && <span className="font-medium">{t("new")} · </span>}
                <NoticeSentence notice={notice} facts={facts} />
              </p>
              <p className="text-meta text-muted">
                <Moment at={until} />
              </p>
            </div>
            {!notice.readAt && (
              <InstantButton
                action={markAsRead}
                input={{ noticeId: notice.id, until }}
                name={t("read")}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
