import { useTranslations } from "next-intl";
import type { ListedPerson } from "#lib/access/read-people.ts";
import { Moment } from "../moment.tsx";
import type { ActedOn, PersonActions } from "./person-act.ts";
import { DisableButton, IdentityButton, PasswordButton, RoleButton } from "./person-buttons.tsx";
import { PersonFact } from "./person-fact.tsx";
import { PersonState } from "./person-state.tsx";

/** What somebody may do, how they come in, when they last did; and the buttons that change it. */
export function PersonAccess({
  person,
  isSelf,
  actions: { setRole, setDisabled, resetPassword, forgetIdentity },
}: {
  person: ListedPerson;
  isSelf: boolean;
  actions: PersonActions;
}) {
  const t = useTranslations("people");
  const role = useTranslations("role");
  const { id, name, email, disabledAt, openIdIssuer } = person;
  const actedOn: ActedOn = { id, name, email, role: person.role, isSelf };
  const isDisabled = disabledAt !== null;
  const when = () => disabledAt && <Moment at={disabledAt} />;
  return (
    <section aria-labelledby="access">
      <h2 id="access" className="flex min-h-8 items-center pb-1 font-semibold">
        {t("access")}
      </h2>
      <dl className="border-t">
        <PersonFact name={t("role")} button={<RoleButton person={actedOn} setRole={setRole} />}>
          {role(person.role)}
        </PersonFact>
        <PersonFact
          name={t("state")}
          button={
            <DisableButton person={actedOn} isDisabled={isDisabled} setDisabled={setDisabled} />
          }
        >
          <PersonState isDisabled={isDisabled} />
          <span className="block text-xs text-muted">
            {isDisabled ? t.rich("disabledMeans", { when }) : t("activeMeans")}
          </span>
        </PersonFact>
        {resetPassword && (
          <PersonFact
            name={t("password")}
            button={<PasswordButton person={actedOn} resetPassword={resetPassword} />}
          >
            {t(toPasswordWords(person))}
          </PersonFact>
        )}
        {openIdIssuer && (
          <PersonFact
            name={t("provider")}
            button={<IdentityButton person={actedOn} forgetIdentity={forgetIdentity} />}
          >
            <span className="wrap-anywhere">{t("tiedTo", { issuer: openIdIssuer })}</span>
          </PersonFact>
        )}
        <PersonFact name={t("signedIn")}>
          {person.signedInAt ? <Moment at={person.signedInAt} /> : t("notSeen")}
        </PersonFact>
        <PersonFact name={t("seen")}>
          {person.lastSeenAt ? <Moment at={person.lastSeenAt} /> : t("notSeen")}
        </PersonFact>
        <PersonFact name={t("added")}>
          <Moment at={person.createdAt} />
        </PersonFact>
      </dl>
    </section>
  );
}

function toPasswordWords({ hasPassword, isPasswordTemporary }: ListedPerson) {
  if (isPasswordTemporary) return "temporaryPassword";
  return hasPassword ? "hasPassword" : "hasNoPassword";
}
