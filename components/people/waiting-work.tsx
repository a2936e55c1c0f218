import Link from "next/link";
import { useTranslations } from "next-intl";
import type { WaitingWork as Work } from "#lib/people/list-waiting-work.ts";
import type { Action } from "../actions/action.ts";
import { Moment } from "../moment.tsx";
import { isolate } from "../ui/isolate.ts";
import { EndWaitingButton } from "./end-waiting-button.tsx";

/** What waits in a person's name, and a button that ends all of it; nothing when nothing does. */
export function WaitingWork({
  personId,
  isOwn = false,
  work,
  endWork,
}: {
  personId: string;
  isOwn?: boolean;
  work: readonly Work[];
  endWork: Action<{ personId: string; reason: string }, null>;
}) {
  const t = useTranslations("waitingWork");
  if (work.length === 0) return null;
  return (
    <section aria-labelledby="waiting-work">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2 pb-1">
        <h2 id="waiting-work" className="font-semibold">
          {t("title", { isOwn: String(isOwn) })}
        </h2>
        <EndWaitingButton personId={personId} endWork={endWork} />
      </div>
      <p className="pb-1 text-muted">{t("means")}</p>
      <ul className="border-b">
        {work.map((one) => (
          <li key={one.id} className="border-t py-1.5 wrap-anywhere">
            <Named work={one} />
            <span className="block text-meta text-muted">
              {t(one.kind)} · <Moment at={one.since} />
              {one.tokenName && ` · ${t("byToken", { name: isolate(one.tokenName) })}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Named({ work: { kind, id, display } }: { work: Work }) {
  const name = <bdi>{display}</bdi>;
  const href = kind === "schedule" ? (`/schedule/${id}` as const) : (`/requests/${id}` as const);
  return (
    <Link href={href} prefetch={false} className="underline">
      {name}
    </Link>
  );
}
