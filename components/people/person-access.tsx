import { useTranslations } from "next-intl";
import type { ListedPerson } from "#lib/people/read-people.ts";
import { Moment } from "../moment.tsx";
import { ChangeableFacts } from "./changeable-facts.tsx";
import { LastTime } from "./last-time.tsx";
import type { PersonActions } from "./person-actions.ts";
import { PersonFact } from "./person-fact.tsx";
import { PersonState } from "./person-state.tsx";

/** A person's role, sign-in and last sign-in, with the buttons that change them. */
export function PersonAccess({
  person,
  isSelf,
  actions,
}: {
  person: ListedPerson;
  isSelf: boolean;
  actions: PersonActions;
}) {
  const t = useTranslations("people");
  return (
    <section aria-labelledby="access">
      <h2 id="access" className="flex min-h-8 items-center pb-1 font-semibold">
        {t("access")}
      </h2>
      <dl className="border-t">
        {person.isErased ? (
          <PersonFact name={t("state")}>
            <PersonState isDisabled />
            <span className="block text-meta text-muted">{t("isErased")}</span>
          </PersonFact>
        ) : (
          <ChangeableFacts person={person} isSelf={isSelf} actions={actions} />
        )}
        <PersonFact name={t("signedIn")}>
          <LastTime at={person.signedInAt} person={person} />
        </PersonFact>
        <PersonFact name={t("seen")}>
          <LastTime at={person.lastSeenAt} person={person} />
        </PersonFact>
        <PersonFact name={t("added")}>
          <Moment at={person.createdAt} />
        </PersonFact>
      </dl>
    </section>
  );
}
