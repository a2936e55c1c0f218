import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "#components/ui/page-header.tsx";
import { EndpointButtons } from "#components/webhooks/endpoint-buttons.tsx";
import { EndpointFacts } from "#components/webhooks/endpoint-facts.tsx";
import { listDeliveries } from "#lib/webhooks/list-deliveries.ts";
import { orBadLink } from "../../../bad-link.ts";
import { requireActor } from "../../../session.ts";
import {
  deleteEndpointAction,
  replayDeliveryAction,
  rotateSecretAction,
  sendTestAction,
  updateEndpointAction,
} from "../actions.ts";
import { loadDeliveriesQuery, toEndpointHref } from "./deliveries-query.ts";
import { DeliveryLog } from "./delivery-log.tsx";
import { requireEndpoint } from "./require-endpoint.ts";

type Props = PageProps<"/webhooks/[endpointId]">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("endpoints");
  return { title: t("titleOfOne") };
}

export default async function EndpointPage({ params, searchParams }: Props) {
  const { endpointId } = await params;
  const { after } = await loadDeliveriesQuery(searchParams);
  const actor = await requireActor(toEndpointHref(endpointId, after));
  const endpoint = await requireEndpoint(actor, endpointId);
  const page = { endpointId, ...(after === null ? {} : { cursor: after }) };
  const result = await orBadLink(listDeliveries(actor, page));
  const t = await getTranslations("endpoints");
  return (
    <>
      <PageHeader title={<bdi>{endpoint.url}</bdi>} back={{ href: "/webhooks", name: t("back") }} />
      <EndpointButtons
        endpoint={endpoint}
        actions={{
          update: updateEndpointAction.bind(null, actor.id),
          rotate: rotateSecretAction.bind(null, actor.id),
          remove: deleteEndpointAction.bind(null, actor.id),
          sendTest: sendTestAction.bind(null, actor.id),
        }}
      />
      <EndpointFacts endpoint={endpoint} />
      <DeliveryLog
        endpointId={endpointId}
        after={after}
        result={result}
        replay={endpoint.isOn ? replayDeliveryAction.bind(null, actor.id) : null}
      />
    </>
  );
}
