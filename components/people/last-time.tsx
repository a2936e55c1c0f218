import { useNow, useTranslations } from "next-intl";
import { KEPT_FOR } from "#lib/kept-for.ts";
import type { ListedPerson } from "#lib/people/read-people.ts";
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
  const isNew = now.getTime() - Date.parse(createdAt) < KEPT_FOR.session.days * DAY_MS;
  return t(isNew ? "neverSeen" : "notSeen");
}
