import Link from "next/link";
import { useTranslations } from "next-intl";
import { ROLES } from "#lib/access/roles.ts";
import type { AuditEvent, AuditFields } from "#lib/audit/event.ts";
import { toErasedRecord } from "#lib/people/erased-record.ts";
import { findDevice } from "./find-device.ts";
import { isAnonymousActor } from "./is-anonymous-actor.ts";

/** Who did it and for whom, through which channel and from where, and the request id for the logs. */
export function EventOrigin({ event }: { event: AuditEvent }) {
  const t = useTranslations("history");
  return (
    <div className="text-meta text-muted">
      <p className="wrap-anywhere">
        <Who actor={event.actor} />
        {event.onBehalfOf && <Behalf of={event.onBehalfOf} />} · {t(`channel.${event.channel}`)}
        {event.ip !== null && ` · ${t("from", { ip: event.ip })}`}
        {event.userAgent !== null && (
          <>
            {" · "}
            <DeviceName userAgent={event.userAgent} />
          </>
        )}
        {event.batchId !== undefined && (
          <>
            {" · "}
            <Link href={`/batches/${event.batchId}`} prefetch={false} className="underline">
              {t("bulk")}
            </Link>
          </>
        )}
      </p>
      <p className="wrap-anywhere">
        {event.revision !== null && `${t("revision", { revision: event.revision })} · `}
        {t("request")} <span className="font-mono">{event.requestId}</span>
      </p>
    </div>
  );
}

/** A browser and its system in words, any other program as it names itself. */
function DeviceName({ userAgent }: { userAgent: string }) {
  const t = useTranslations("history");
  const device = findDevice(userAgent);
  return device ? t("device", device) : <bdi>{userAgent}</bdi>;
}

/** Who asked for what the actor approved or carried out. */
function Behalf({ of: { id, name, email } }: { of: AuditFields }) {
  const t = useTranslations("history");
  const shown = name === null ? toErasedRecord({ id: String(id) }).name : String(name);
  return (
    <>
      {" · "}
      {t.rich("onBehalfOf", { name: () => <bdi className="text-text">{shown}</bdi> })}
      {typeof email === "string" && ` (${email})`}
    </>
  );
}

function Who({ actor }: { actor: AuditEvent["actor"] }) {
  const t = useTranslations("history");
  const role = useTranslations("role");
  if (isAnonymousActor(actor)) return actor.name;
  if (actor.type === "system") {
    return (
      <>
        {t("bySystem")} ({actor.name})
      </>
    );
  }
  if (actor.type === "service") {
    return (
      <>
        {t("byService")} <bdi>{actor.name}</bdi>
      </>
    );
  }
  const roleName = ROLES.find((name) => name === actor.role);
  return (
    <>
      <bdi className="text-text">{actor.name ?? toErasedRecord(actor).name}</bdi>
      {roleName && `, ${role(roleName)}`}
      {actor.email !== null && ` (${actor.email})`}
    </>
  );
}
