import { useTranslations } from "next-intl";
import type { EndpointRecord } from "#lib/webhooks/endpoint-record.ts";
import { Fact } from "../fact.tsx";
import { Moment } from "../moment.tsx";
import { EndpointState } from "./endpoint-state.tsx";

/** How an endpoint is, and what it is told of. */
export function EndpointFacts({ endpoint }: { endpoint: EndpointRecord }) {
  const t = useTranslations("endpoints");
  const { events, lastSuccessAt, lastFailureAt, formerSecretUntil, createdAt } = endpoint;
  return (
    <dl className="max-w-2xl py-4">
      <Fact name={t("columnState")}>
        <EndpointState endpoint={endpoint} />
      </Fact>
      <Fact name={t("columnEvents")}>
        <span className="font-mono text-meta">{events.join(", ")}</span>
      </Fact>
      <Fact name={t("columnDelivered")}>
        {lastSuccessAt ? <Moment at={lastSuccessAt} /> : t("never")}
      </Fact>
      <Fact name={t("lastFailure")}>
        {lastFailureAt ? <Moment at={lastFailureAt} /> : t("never")}
      </Fact>
      {formerSecretUntil && (
        <Fact name={t("formerSecret")}>
          <Moment at={formerSecretUntil} isExact />
        </Fact>
      )}
      <Fact name={t("created")}>
        <Moment at={createdAt} isExact />
      </Fact>
    </dl>
  );
}
