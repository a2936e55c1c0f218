import { useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Message } from "#components/ui/message.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { DeliveriesTable } from "#components/webhooks/deliveries-table.tsx";
import type { ReplayDelivery } from "#components/webhooks/endpoint-actions.ts";
import type { DeliveryPage } from "#lib/webhooks/list-deliveries.ts";
import { toEndpointHref } from "./deliveries-query.ts";

/** What was sent to the endpoint, or that the link is bad. */
export function DeliveryLog({
  endpointId,
  after,
  result,
  replay,
}: {
  endpointId: string;
  after: string | null;
  result: DeliveryPage | "bad-link";
  replay: ReplayDelivery | null;
}) {
  const t = useTranslations("endpoints");
  const toHref = (cursor: string | null) => toEndpointHref(endpointId, cursor);
  if (result === "bad-link") {
    return (
      <Message level={2} title={t("badLinkTitle")} hint={t("badLinkHint")}>
        <LinkButton href={toHref(null)}>{t("first")}</LinkButton>
      </Message>
    );
  }
  const { items, nextCursor } = result;
  return (
    <section aria-labelledby="log">
      <h2 id="log" className="pb-1 font-semibold">
        {t("log")}
      </h2>
      <p className="pb-2 text-muted">{t("logHint")}</p>
      {items.length === 0 ? (
        <p>{t("logEmpty")}</p>
      ) : (
        <DeliveriesTable deliveries={items} replay={replay} />
      )}
      <Pager
        name={t("pages")}
        first={after === null ? null : { name: t("first"), href: toHref(null) }}
        next={nextCursor === null ? null : { name: t("next"), href: toHref(nextCursor) }}
      />
    </section>
  );
}
