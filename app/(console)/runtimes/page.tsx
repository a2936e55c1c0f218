import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RefusedReportsNotice } from "#components/runtimes/refused-reports-notice.tsx";
import { RuntimesSummary } from "#components/runtimes/runtimes-summary.tsx";
import { RuntimesTable } from "#components/runtimes/runtimes-table.tsx";
import { Count } from "#components/ui/count.tsx";
import { Message } from "#components/ui/message.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can } from "#lib/access/authorize.ts";
import { listRefusedReports } from "#lib/runtimes/list-refused-reports.ts";
import { listRuntimes } from "#lib/runtimes/list-runtimes.ts";
import { requireActor } from "../../session.ts";
import { dismissRuntimeAction, releaseNameAction } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("runtimes");
  return { title: t("title") };
}

export default async function RuntimesPage() {
  const actor = await requireActor("/runtimes");
  const t = await getTranslations("runtimes");
  const [runtimes, refused] = await Promise.all([listRuntimes(actor), listRefusedReports(actor)]);
  const actions = {
    dismiss: can(actor, "runtime:dismiss") ? dismissRuntimeAction.bind(null, actor.id) : null,
    release: can(actor, "runtime:release") ? releaseNameAction.bind(null, actor.id) : null,
  };
  const count = runtimes.length;
  const header = (
    <PageHeader title={t("title")} beside={<Count value={count} words={t("count", { count })} />} />
  );
  if (count === 0 && refused.length === 0) {
    return (
      <>
        {header}
        <Message level={2} title={t("noneTitle")} hint={t("noneHint")}>
          <ol className="list-decimal pl-5 text-left text-muted">
            <li>{t("noneStepToken")}</li>
            <li>{t.rich("noneStepReport", { code: (text) => <code>{text}</code> })}</li>
          </ol>
        </Message>
      </>
    );
  }
  return (
    <>
      {header}
      <RuntimesSummary runtimes={runtimes} />
      <RefusedReportsNotice refused={refused} release={actions.release} />
      <RuntimesTable runtimes={runtimes} actions={actions} />
    </>
  );
}
