import { useTranslations } from "next-intl";
import type { Failure } from "#lib/webhooks/delivery/failures.ts";
import type { DeliveryRecord } from "#lib/webhooks/delivery-record.ts";
import { Moment } from "../moment.tsx";

const WORDS = {
  timeout: "failureTimeout",
  address_refused: "failureAddress",
  url_refused: "failureUrl",
  not_found: "failureNotFound",
  tls: "failureTls",
  connection: "failureConnection",
  secret_lost: "failureSecret",
} as const satisfies Record<Exclude<Failure, "status">, string>;

/** Every try of a delivery, the latest first, with what was answered. */
export function DeliveryAttempts({ attempts }: { attempts: DeliveryRecord["attempts"] }) {
  const t = useTranslations("endpoints");
  if (attempts.length === 0) return <span className="text-muted">{t("noAttempt")}</span>;
  return (
    <ol>
      {attempts.map(({ beganAt, tookMs, status, failure }) => (
        <li key={beganAt}>
          {failure === null || failure === "status"
            ? t("answered", { status: String(status), milliseconds: tookMs })
            : t(WORDS[failure])}{" "}
          <span className="text-meta text-muted">
            <Moment at={beganAt} />
          </span>
        </li>
      ))}
    </ol>
  );
}
