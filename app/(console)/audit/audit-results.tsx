import { useTranslations } from "next-intl";
import { AuditEntries } from "#components/audit/audit-entries.tsx";
import { ExportForm } from "#components/audit/export-form.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Message } from "#components/ui/message.tsx";
import type { TrailPage } from "#lib/audit/search/read-audit-page.ts";
import { toNumbersHref } from "../numbers/number-query.ts";
import { type AuditQuery, toAuditHref } from "./audit-query.ts";
import type { NoEntries } from "./find-entries.ts";

/** What was found, with the way to other pages of it. */
export function AuditResults({
  viewerId,
  query,
  found,
}: {
  viewerId: string;
  query: AuditQuery;
  found: TrailPage | NoEntries;
}) {
  if (found === "bad-link") return <BadLink />;
  if (found === "many-numbers") return <ManyNumbers typed={query.number} />;
  if (typeof found === "string") return <Unsearchable why={found} typed={query.number} />;
  const { before, problem: _, people, accounts, ...filters } = query;
  const isFiltered = Object.values(filters).some((value) => value !== null && value !== "");
  const href = toAuditHref({ ...filters, people, accounts });
  return (
    <AuditEntries
      page={found}
      isFiltered={isFiltered}
      newestHref={before === null ? null : href}
      exportForm={<ExportForm search={href.slice("/audit".length)} viewerId={viewerId} />}
      olderHref={
        found.nextCursor === null
          ? null
          : toAuditHref({ ...filters, people, accounts, before: found.nextCursor })
      }
    />
  );
}

function ManyNumbers({ typed }: { typed: string }) {
  const t = useTranslations("audit");
  return (
    <Message level={2} title={t("manyNumbersTitle", { typed })} hint={t("manyNumbersHint")}>
      <LinkButton href={toNumbersHref({ q: typed, state: "all" })} variant="primary">
        {t("toNumbers")}
      </LinkButton>
    </Message>
  );
}

/** The filters stay as they are, to be changed. */
function Unsearchable({
  why,
  typed,
}: {
  why: Exclude<NoEntries, "bad-link" | "many-numbers">;
  typed: string;
}) {
  const t = useTranslations("audit.refused");
  const title = t(`${why}.title`, { typed });
  return <Message level={2} title={title} hint={t(`${why}.hint`)} isAlert />;
}

function BadLink() {
  const t = useTranslations("audit");
  return (
    <Message level={2} title={t("badLinkTitle")} hint={t("badLinkHint")}>
      <LinkButton href="/audit" variant="primary">
        {t("startOver")}
      </LinkButton>
    </Message>
  );
}
