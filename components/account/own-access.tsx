import { useTranslations } from "next-intl";
import type { ListedPerson } from "#lib/people/read-people.ts";
import { PersonFact } from "../people/person-fact.tsx";
import { isolate } from "../ui/isolate.ts";
import { type ChangePassword, ChangePasswordButton } from "./change-password-button.tsx";

/** The signed-in person's identity, role and password. */
export function OwnAccess({
  person,
  fewestCharacters,
  changePassword,
}: {
  person: ListedPerson;
  fewestCharacters: number;
  /** Null where password sign-in is off. */
  changePassword: ChangePassword | null;
}) {
  const t = useTranslations("account");
  const role = useTranslations("role");
  const { name, email, hasPassword } = person;
  const button = changePassword && hasPassword && (
    <ChangePasswordButton
      email={email}
      fewestCharacters={fewestCharacters}
      changePassword={changePassword}
    />
  );
  return (
    <section aria-labelledby="access">
      <h2 id="access" className="flex min-h-8 items-center pb-1 font-semibold">
        {t("access")}
      </h2>
      <dl className="border-t">
        <PersonFact name={t("name")}>
          <span className="wrap-anywhere">{name}</span>
        </PersonFact>
        <PersonFact name={t("email")}>
          <span className="wrap-anywhere">{email}</span>
        </PersonFact>
        <PersonFact name={t("role")}>
          {role(person.role)}
          <span className="block text-meta text-muted">{t("roleMeans")}</span>
        </PersonFact>
        {changePassword && (
          <PersonFact name={t("password")} button={button}>
            {person.passwordMaker
              ? t("passwordChosenWith", { maker: isolate(person.passwordMaker) })
              : t(hasPassword ? "passwordMeans" : "hasNoPassword")}
          </PersonFact>
        )}
      </dl>
    </section>
  );
}
