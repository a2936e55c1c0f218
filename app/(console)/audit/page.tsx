import type { Metadata } from "next";
import { getTimeZone, getTranslations } from "next-intl/server";
import { AuditFilters } from "#components/audit/audit-filters.tsx";
import { IntegrityPill } from "#components/audit/integrity-pill.tsx";
import { IntegritySheet } from "#components/audit/integrity-sheet.tsx";
import { TrailState } from "#components/audit/trail-state.tsx";
import { TrailTrouble } from "#components/audit/trail-trouble.tsx";
import { VerifyNow } from "#components/audit/verify-now.tsx";
import { EntriesSkeleton } from "#components/history/entries-skeleton.tsx";
import { Late } from "#components/ui/late.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can } from "#lib/access/authorize.ts";
import { headTrouble } from "#lib/audit/head/head-trouble.ts";
import { listPublicKeys } from "#lib/audit/head/list-public-keys.ts";
import { findLastHead } from "#lib/audit/head/read-head.ts";
import { readVerification } from "#lib/audit/jobs/read-verification.ts";
import { readVerificationRun } from "#lib/audit/jobs/read-verification-run.ts";
import { readTrailEnd } from "#lib/audit/read-trail-end.ts";
import { ActionDialogs } from "../../action-dialogs.tsx";
import { findBriefly } from "../../find-briefly.ts";
import { orForbidden } from "../../or-forbidden.ts";
import { requireActor } from "../../session.ts";
import { verifyNowAction } from "./actions.ts";
import { loadAuditQuery, toAuditHref } from "./audit-query.ts";
import { AuditResults } from "./audit-results.tsx";
import { findEntries } from "./find-entries.ts";
import { readFilterChoices } from "./read-filter-choices.ts";
import { readFilterWords } from "./read-filter-words.ts";
import { readPresetLinks } from "./read-preset-links.ts";
import { toFilterValues } from "./to-filter-values.ts";

const SHEET_ID = "integrity";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

export default async function AuditPage({ searchParams }: PageProps<"/audit">) {
  const query = await loadAuditQuery(searchParams);
  const actor = await requireActor(toAuditHref(query));
  const timeZone = await getTimeZone();
  const [finding, choices, verification, run, lastHead, endSeq] = await orForbidden(
    Promise.all([
      findBriefly(findEntries(actor, { query, timeZone })),
      readFilterChoices(actor, query),
      readVerification(actor),
      readVerificationRun(actor),
      findLastHead(actor),
      readTrailEnd(actor),
    ]),
  );
  const t = await getTranslations("audit");
  const headProblem = headTrouble();
  const verify = can(actor, "audit:verify") ? verifyNowAction.bind(null, actor.id) : null;
  return (
    <>
      <PageHeader title={t("title")}>
        <IntegrityPill
          verification={verification}
          isSigned={headProblem === null}
          endSeq={endSeq}
          sheetId={SHEET_ID}
        />
        <IntegritySheet
          id={SHEET_ID}
          publicKeys={listPublicKeys(actor).map(({ publicKey }) => publicKey)}
        >
          <TrailState verification={verification} lastHead={lastHead} />
          <ActionDialogs words={["verification"]}>
            <VerifyNow run={run} verify={verify} />
          </ActionDialogs>
        </IntegritySheet>
      </PageHeader>
      <TrailTrouble verification={verification} headProblem={headProblem} />
      {query.problem === "export" && (
        <div className="pt-4">
          <Notice tone="danger" isAlert>
            {t("export.failed")}
          </Notice>
        </div>
      )}
      <AuditFilters
        values={toFilterValues(query, timeZone)}
        words={await readFilterWords(timeZone)}
        timeZone={timeZone}
        presets={await readPresetLinks(query, timeZone)}
        choices={choices}
      >
        <Late finding={finding} fallback={<EntriesSkeleton words={t("loading")} />}>
          {(result) => <AuditResults viewerId={actor.id} query={query} result={result} />}
        </Late>
      </AuditFilters>
    </>
  );
}
