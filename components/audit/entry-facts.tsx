import { useTranslations } from "next-intl";
import type { AuditEvent } from "#lib/audit/event.ts";
import { Fact, Identifier } from "../fact.tsx";

/** The identifiers by which an entry is found and verified. */
export function EntryFacts({ event }: { event: AuditEvent }) {
  const t = useTranslations("entry");
  return (
    <section aria-labelledby="facts">
      <h2 id="facts" className="pb-1 font-semibold">
        {t("facts")}
      </h2>
      <dl>
        <Identifier name={t("id")} value={event.id} />
        <Identifier name={t("hash")} value={event.hash} />
        <Identifier name={t("prevHash")} value={event.prevHash} />
        <Identifier name={t("actorId")} value={event.actor.id} />
        <Identifier name={t("targetId")} value={event.target.id} />
        <Identifier name={t("requestId")} value={event.requestId} />
        {event.batchId !== undefined && <Identifier name={t("batchId")} value={event.batchId} />}
        <Fact name={t("ip")}>{event.ip ?? <None />}</Fact>
        <Fact name={t("userAgent")}>{event.userAgent ?? <None />}</Fact>
      </dl>
    </section>
  );
}

function None() {
  const t = useTranslations("entry");
  return <span className="text-muted">{t("none")}</span>;
}
