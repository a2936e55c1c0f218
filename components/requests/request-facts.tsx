import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { RequestEvidence } from "#lib/requests/get-request-evidence.ts";
import { toLocalText } from "../local-text.ts";
import { Moment } from "../moment.tsx";
import { isolate } from "../ui/isolate.ts";

/** Who asked for what and why, when it takes effect, and what was decided. */
export function RequestFacts({ evidence }: { evidence: RequestEvidence }) {
  const t = useTranslations("requests");
  const { request, editedBy, checks } = evidence;
  const { state, reason, ticketUrl, requestedBy, requestedAt, expiresAt } = request;
  const when = (at: string) => () => <Moment at={at} />;
  return (
    <section aria-labelledby="facts">
      <h2 id="facts" className="pb-1 font-semibold">
        {t("facts")}
      </h2>
      <p className="pb-2 text-muted">{t.rich(`means.${state}`, { when: when(expiresAt) })}</p>
      <dl>
        <Row name={t("askedBy")}>
          {t.rich("askedByWhen", { name: isolate(requestedBy.name), when: when(requestedAt) })}
        </Row>
        {editedBy && (
          <Row name={t("editedBy")}>
            {t("editedByValue", { name: isolate(editedBy.name), version: request.version })}
          </Row>
        )}
        <Row name={t("reason")}>
          <bdi className="whitespace-pre-line">{reason}</bdi>
        </Row>
        {ticketUrl && (
          <Row name={t("ticket")}>
            <a href={ticketUrl} rel="noreferrer" target="_blank" className="underline">
              {ticketUrl}
            </a>
          </Row>
        )}
        <Row name={t("wished")}>
          <WishedTime evidence={evidence} />
        </Row>
        <Decision evidence={evidence} />
        {!request.liftsTwoPeopleOf && (
          <Row name={t("checks")}>
            {checks.length === 0 ? (
              <span className="text-muted">{t("checksNone")}</span>
            ) : (
              <>
                <span className="text-meta text-muted">{t("checksHint")}</span>
                <ul className="list-disc pl-5">
                  {checks.map((check) => (
                    <li key={check}>{check}</li>
                  ))}
                </ul>
              </>
            )}
          </Row>
        )}
      </dl>
    </section>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="border-t py-1.5">
      <dt className="text-meta text-muted">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}

function WishedTime({
  evidence: { request, localTime, zone, lateHours },
}: {
  evidence: RequestEvidence;
}) {
  const t = useTranslations("requests");
  const format = useFormatter();
  if (!request.at) return t("wishedNow");
  const date = new Date(request.at);
  return (
    <>
      <time dateTime={request.at}>
        {format.dateTime(date, { dateStyle: "medium", timeStyle: "short" })}
      </time>
      {localTime && zone && (
        <span className="block text-muted">
          {t("wishedLocal", { localTime: toLocalText(localTime, format), zone })}
        </span>
      )}
      <span className="block text-muted">
        {lateHours === null ? t("lateAny") : t("late", { hours: lateHours })}
      </span>
    </>
  );
}

function Decision({ evidence: { request } }: { evidence: RequestEvidence }) {
  const t = useTranslations("requests");
  const { decidedBy, decidedAt, decision, why } = request;
  return (
    <>
      {decidedBy && decidedAt && (
        <Row name={t("decided")}>
          {t.rich("decidedBy", {
            name: isolate(decidedBy.name),
            when: () => <Moment at={decidedAt} />,
          })}
          {decision && (
            <bdi className="block whitespace-pre-line">
              <span className="text-muted">{t("decision")}: </span>
              {decision}
            </bdi>
          )}
        </Row>
      )}
      {why && <Row name={t("why")}>{why}</Row>}
    </>
  );
}
