import Link from "next/link";
import { useTranslations } from "next-intl";
import type { AuditEvent } from "#lib/audit/event.ts";
import { toErasedRecord } from "#lib/people/erased-record.ts";
import { toSentence } from "./event-sentence.ts";
import { isAnonymousActor } from "./is-anonymous-actor.ts";

/**
 * Who did what to whom, as a sentence.
 *
 * @param props.pageOf what the page itself shows: as a target that is "this number", without its name
 */
export function EventTitle({
  event,
  pageOf,
}: {
  event: AuditEvent;
  pageOf?: "number" | "account";
}) {
  const t = useTranslations("event");
  const { key, values } = toSentence(event);
  const parts = {
    actor: () => <Actor actor={event.actor} />,
    target: () =>
      pageOf === event.target.type ? t(`this.${pageOf}`) : <Target target={event.target} />,
  };
  return (
    <>
      <span className="font-normal wrap-anywhere">{t.rich(key, { ...values, ...parts })}</span>
      {event.outcome !== "success" && (
        <span className="text-red"> · {t(`outcome.${event.outcome}`)}</span>
      )}
    </>
  );
}

/** The actor's name; parts of the console appear as the console, since the entry's details name them. */
export function Actor({ actor }: Pick<AuditEvent, "actor">) {
  const t = useTranslations("history");
  const isConsole = actor.type === "system" && !isAnonymousActor(actor);
  return (
    <strong className="font-semibold">
      <bdi>{isConsole ? t("bySystem") : (actor.name ?? toErasedRecord(actor).name)}</bdi>
    </strong>
  );
}

/** The trail's name of a number: its label and its phone. */
const LABEL_AND_PHONE = /^(.*) \((\+\d+)\)$/s;

/**
 * Isolates the label, so that one written from right to left reverses neither the phone nor the sentence.
 */
function Display({ id, display }: Pick<AuditEvent["target"], "id" | "display">) {
  if (display === null) return toErasedRecord({ id }).name;
  const [, label, phone] = LABEL_AND_PHONE.exec(display) ?? [];
  if (label === undefined) return <bdi>{display}</bdi>;
  return (
    <>
      <bdi>{label}</bdi> ({phone})
    </>
  );
}

function Target({ target: { type, id, display } }: Pick<AuditEvent, "target">) {
  const href = findPage(type, id);
  if (!href)
    return (
      <strong className="font-semibold">
        <Display id={id} display={display} />
      </strong>
    );
  return (
    <Link
      href={href}
      prefetch={false}
      className="relative z-1 underline decoration-muted underline-offset-2"
    >
      <Display id={id} display={display} />
    </Link>
  );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The page of a target that everybody may see; the id of a refusal's target may be a permission. */
function findPage(type: string, id: string) {
  if (type === "number" && /^\d+$/.test(id)) return `/numbers/${id}` as const;
  if (!UUID.test(id)) return null;
  if (type === "request") return `/requests/${id}` as const;
  return type === "account" ? (`/accounts/${id}` as const) : null;
}
