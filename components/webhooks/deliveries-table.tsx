import { useFormatter, useTranslations } from "next-intl";
import type { DeliveryRecord } from "#lib/webhooks/delivery-record.ts";
import { TEST_EVENT } from "#lib/webhooks/events/webhook-events.ts";
import { InstantButton } from "../actions/instant-button.tsx";
import { Moment } from "../moment.tsx";
import { RowTable } from "../ui/row-table.tsx";
import { DeliveryAttempts } from "./delivery-attempts.tsx";
import type { ReplayDelivery } from "./endpoint-actions.ts";

const COLUMNS = [
  { key: "columnEvent", style: "" },
  { key: "columnOutcome", style: "w-64" },
  { key: "columnAttempts", style: "" },
  { key: "columnReplay", style: "w-36" },
] as const;

/** What was sent to an endpoint, a row each, with what is in it and every try. */
export function DeliveriesTable({
  deliveries,
  replay,
}: {
  deliveries: readonly DeliveryRecord[];
  /** Null while the endpoint is off. */
  replay: ReplayDelivery | null;
}) {
  const t = useTranslations("endpoints");
  return (
    <RowTable
      caption={t("log")}
      columns={COLUMNS.map(({ key, style }) => ({ name: t(key), style }))}
    >
      {deliveries.map((delivery) => (
        <tr key={delivery.id}>
          <th scope="row">
            <code className="font-mono wrap-anywhere">{delivery.type}</code>{" "}
            <span className="text-muted">
              <Moment at={delivery.happenedAt} />
            </span>
            <details>
              <summary className="min-h-6 cursor-pointer text-meta text-muted">
                {t("content")}
              </summary>
              <code className="block font-mono text-meta wrap-anywhere">{delivery.id}</code>
              <code className="block font-mono text-meta wrap-anywhere">
                {JSON.stringify(delivery.data)}
              </code>
            </details>
          </th>
          <td>
            <Outcome delivery={delivery} />
          </td>
          <td>
            <DeliveryAttempts attempts={delivery.attempts} />
          </td>
          <td>
            {replay && delivery.state !== "waiting" && delivery.type !== TEST_EVENT && (
              <ReplayButton delivery={delivery} replay={replay} />
            )}
          </td>
        </tr>
      ))}
    </RowTable>
  );
}

function Outcome({ delivery: { state, nextTryAt } }: { delivery: DeliveryRecord }) {
  const t = useTranslations("endpoints");
  if (nextTryAt === null) {
    return (
      <span className={state === "failed" ? "text-red" : "text-green"}>
        {t(state === "failed" ? "failed" : "delivered")}
      </span>
    );
  }
  return <span>{t.rich("waiting", { when: () => <Moment at={nextTryAt} /> })}</span>;
}

function ReplayButton({
  delivery: { id: deliveryId, endpointId, type, happenedAt },
  replay,
}: {
  delivery: DeliveryRecord;
  replay: ReplayDelivery;
}) {
  const t = useTranslations("endpoints");
  const format = useFormatter();
  const at = format.dateTime(new Date(happenedAt), { dateStyle: "medium", timeStyle: "medium" });
  return (
    <InstantButton
      action={replay}
      input={{ endpointId, deliveryId }}
      name={t("replay")}
      label={t("replayOf", { type, at })}
    />
  );
}
