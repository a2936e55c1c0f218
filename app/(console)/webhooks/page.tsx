import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Count } from "#components/ui/count.tsx";
import { Message } from "#components/ui/message.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { AddEndpointButton } from "#components/webhooks/add-endpoint-button.tsx";
import { EndpointsTable } from "#components/webhooks/endpoints-table.tsx";
import { listEndpoints } from "#lib/webhooks/list-endpoints.ts";
import { orForbidden } from "../../or-forbidden.ts";
import { requireActor } from "../../session.ts";
import { createEndpointAction } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("endpoints");
  return { title: t("title") };
}

export default async function WebhooksPage() {
  const actor = await requireActor("/webhooks");
  const endpoints = await orForbidden(listEndpoints(actor));
  const t = await getTranslations("endpoints");
  return (
    <>
      <PageHeader
        title={t("title")}
        beside={<Count value={endpoints.length} words={t("count", { count: endpoints.length })} />}
      >
        <AddEndpointButton create={createEndpointAction.bind(null, actor.id)} />
      </PageHeader>
      <p className="py-4 text-muted">{t("lead")}</p>
      {endpoints.length === 0 ? (
        <Message level={2} title={t("noneTitle")} hint={t("noneHint")} />
      ) : (
        <EndpointsTable endpoints={endpoints} />
      )}
    </>
  );
}
