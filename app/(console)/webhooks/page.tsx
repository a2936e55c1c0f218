import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Message } from "#components/ui/message.tsx";
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
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2 pb-3">
        <p className="min-w-0 flex-1 basis-72 text-muted">{t("lead")}</p>
        <AddEndpointButton create={createEndpointAction.bind(null, actor.id)} />
      </div>
      <h1 className="min-h-8 pb-2 text-base font-semibold tabular-nums" aria-live="polite">
        {t("count", { count: endpoints.length })}
      </h1>
      {endpoints.length === 0 ? (
        <Message level={2} title={t("noneTitle")} hint={t("noneHint")} />
      ) : (
        <EndpointsTable endpoints={endpoints} />
      )}
    </>
  );
}
