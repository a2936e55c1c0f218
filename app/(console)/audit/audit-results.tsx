import { useTranslations } from "next-intl";
import { AuditEntries } from "#components/audit/audit-entries.tsx";
import { ExportForm } from "#components/audit/export-form.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Message } from "#components/ui/message.tsx";
import type { TrailPage } from "#lib/audit/search/read-audit-page.ts";
import { toNumbersHref } from "../numbers/number-query.ts";
import { type AuditQuery, toAuditHref } from "./audit-query.ts";
import type { NoEntries } from "./find-entries.ts";

/** The entries that match, with links to the other pages, or why there are none. */
export function AuditResults({
  viewerId,
  query,
  result,
}: {
  viewerId: string;
  query: AuditQuery;
  result: TrailPage | NoEntries;
}) {
  if (result === "bad-link") return <BadLink />;
  if (result === "many-numbers") return <ManyNumbers typed={query.number} />;
  if (typeof result === "string") return <Unsearchable why={result} typed={query.number} />;
  const { before, problem: _, people, accounts, ...filters } = query;
  const isFiltered = Object.values(filters).some((value) => value !== null && value !== "");
  const href = toAuditHref({ ...filters, people, accounts });
  return (
    <AuditEntries
      page={result}
      isFiltered={isFiltered}
      newestHref={before === null ? null : href}
      exportForm={<ExportForm search={href.slice("/audit".length)} viewerId={viewerId} />}
      olderHref={
        result.nextCursor === null
          ? null
          : toAuditHref({ ...filters, people, accounts, before: result.nextCursor })
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

/** Says why the filters cannot be applied. They stay filled in, so that they can be corrected. */
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
