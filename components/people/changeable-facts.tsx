import { useTranslations } from "next-intl";
import type { ListedPerson } from "#lib/people/read-people.ts";
import { Moment } from "../moment.tsx";
import { isolate } from "../ui/isolate.ts";
import type { PersonActions, TargetPerson } from "./person-actions.ts";
import {
  DisableButton,
  ErasureButton,
  IdentityButton,
  PasswordButton,
  RenameButton,
  RoleButton,
  WithdrawalButton,
} from "./person-buttons.tsx";
import { PersonFact } from "./person-fact.tsx";
import { PersonState } from "./person-state.tsx";

/** What an admin can change about a person, each with its button. */
export function ChangeableFacts({
  person,
  isSelf,
  actions,
}: {
  person: ListedPerson;
  isSelf: boolean;
  actions: PersonActions;
}) {
  const { rename, setRole, setDisabled, resetPassword, forgetIdentity } = actions;
  const t = useTranslations("people");
  const role = useTranslations("role");
  const { id, name, email, disabledAt, openIdIssuer } = person;
  const actedOn: TargetPerson = { id, name, email, role: person.role, isSelf };
  const isDisabled = disabledAt !== null;
  const when = () => disabledAt && <Moment at={disabledAt} />;
  return (
    <>
      <PersonFact name={t("name")} button={<RenameButton person={actedOn} rename={rename} />}>
        <span className="wrap-anywhere">{name}</span>
      </PersonFact>
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
        <span className="block text-meta text-muted">
          {isDisabled ? t.rich("disabledMeans", { when }) : t("activeMeans")}
        </span>
      </PersonFact>
      {resetPassword && (
        <PersonFact
          name={t("password")}
          {...(isSelf
            ? {}
            : { button: <PasswordButton person={actedOn} resetPassword={resetPassword} /> })}
        >
          {t(toPasswordWords(person), { maker: isolate(person.passwordMaker ?? "") })}
        </PersonFact>
      )}
      {openIdIssuer && (
        <PersonFact
          name={t("provider")}
          button={<IdentityButton person={actedOn} forgetIdentity={forgetIdentity} />}
        >
          <span className="wrap-anywhere">{t("linkedTo", { issuer: openIdIssuer })}</span>
        </PersonFact>
      )}
      {!isSelf && isDisabled && <PersonalData person={person} actedOn={actedOn} {...actions} />}
    </>
  );
}

/** For a disabled person: says that their data can be erased, or will be. */
function PersonalData({
  person: { erasureDue },
  actedOn,
  requestErasure,
  withdrawErasure,
}: { person: ListedPerson; actedOn: TargetPerson } & PersonActions) {
  const t = useTranslations("people");
  const dueMoment = () => erasureDue && <Moment at={erasureDue} isExact />;
  return (
    <PersonFact
      name={t("personalData")}
      button={
        erasureDue ? (
          <WithdrawalButton person={actedOn} withdrawErasure={withdrawErasure} />
        ) : (
          <ErasureButton person={actedOn} requestErasure={requestErasure} />
        )
      }
    >
      {erasureDue ? t.rich("erasureDue", { due: dueMoment }) : t("personalDataMeans")}
    </PersonFact>
  );
}

function toPasswordWords({ hasPassword, isPasswordTemporary, passwordMaker }: ListedPerson) {
  if (isPasswordTemporary) return passwordMaker ? "temporaryPasswordBy" : "temporaryPassword";
  if (passwordMaker) return "passwordChosenWith";
  return hasPassword ? "hasPassword" : "hasNoPassword";
}
