import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ListedPerson } from "#lib/access/read-people.ts";
import { Moment } from "../moment.tsx";
import type { ActedOn, PersonActions } from "./person-act.ts";
import { DisableButton, PasswordButton, RoleButton } from "./person-buttons.tsx";
import { PersonState } from "./person-state.tsx";

/** What somebody may do, how they come in, when they last did; and the buttons that change it. */
export function PersonAccess({
  person,
  isSelf,
  actions: { setRole, setDisabled, resetPassword },
}: {
  person: ListedPerson;
  isSelf: boolean;
  actions: PersonActions;
}) {
  const t = useTranslations("people");
  const role = useTranslations("role");
  const { id, name, email, disabledAt } = person;
  const actedOn: ActedOn = { id, name, email, role: person.role, isSelf };
  const isDisabled = disabledAt !== null;
  const when = () => disabledAt && <Moment at={disabledAt} />;
  return (
    <section aria-labelledby="access">
      <h2 id="access" className="flex min-h-8 items-center pb-1 font-semibold">
        {t("access")}
      </h2>
      <dl className="border-t">
        <Fact name={t("role")} button={<RoleButton person={actedOn} setRole={setRole} />}>
          {role(person.role)}
        </Fact>
        <Fact
          name={t("state")}
          button={
            <DisableButton person={actedOn} isDisabled={isDisabled} setDisabled={setDisabled} />
          }
        >
          <PersonState isDisabled={isDisabled} />
          <span className="block text-xs text-muted">
            {isDisabled ? t.rich("disabledMeans", { when }) : t("activeMeans")}
          </span>
        </Fact>
        {resetPassword && (
          <Fact
            name={t("password")}
            button={<PasswordButton person={actedOn} resetPassword={resetPassword} />}
          >
            {t(person.hasPassword ? "hasPassword" : "hasNoPassword")}
          </Fact>
        )}
        <Fact name={t("signedIn")}>
          {person.signedInAt ? <Moment at={person.signedInAt} /> : t("notSeen")}
        </Fact>
        <Fact name={t("seen")}>
          {person.lastSeenAt ? <Moment at={person.lastSeenAt} /> : t("notSeen")}
        </Fact>
        <Fact name={t("added")}>
          <Moment at={person.createdAt} />
        </Fact>
      </dl>
    </section>
  );
}

function Fact({
  name,
  button,
  children,
}: {
  name: string;
  button?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b py-1.5">
      <dt className="w-28 shrink-0 text-muted">{name}</dt>
      <dd className="min-w-0 flex-1">{children}</dd>
      {button && <dd>{button}</dd>}
    </div>
  );
}
