import { useNow, useTranslations } from "next-intl";
import type { ListedPerson } from "#lib/people/read-people.ts";
import { SESSION_KEPT_DAYS } from "#lib/sessions/session-record.ts";
import { Moment } from "../moment.tsx";

const DAY_MS = 86_400_000;

/**
 * When a person last signed in or was seen. Unknown beyond the retention of sessions, unless the person
 * is newer.
 */
export function LastTime({
  at,
  person: { createdAt },
}: {
  at: string | null;
  person: Pick<ListedPerson, "createdAt">;
}) {
  const t = useTranslations("people");
  const now = useNow();
  if (at) return <Moment at={at} />;
  const isNew = now.getTime() - Date.parse(createdAt) < SESSION_KEPT_DAYS * DAY_MS;
  return t(isNew ? "neverSeen" : "notSeen");
}
