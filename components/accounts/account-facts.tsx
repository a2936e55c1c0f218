import { useTranslations } from "next-intl";
import type { AccountRecord } from "#lib/accounts/account-record.ts";
import { PersonFact } from "../people/person-fact.tsx";
import type { AccountPersonOption, SetPeople, SetZone } from "./account-actions.ts";
import { PeopleButton, ZoneButton } from "./account-buttons.tsx";

/** Who looks after an account and where it is, with the buttons that change that. */
export function AccountFacts({
  account,
  manage,
}: {
  account: AccountRecord;
  /** Null for who may only look. */
  manage: {
    people: readonly AccountPersonOption[];
    setPeople: SetPeople;
    setZone: SetZone;
  } | null;
}) {
  const t = useTranslations("accounts");
  const { id, name, manager, isManagerFromRoster, standIns, zone } = account;
  const standInEmails = standIns.map(({ email }) => email);
  return (
    <section aria-labelledby="facts">
      <h2 id="facts" className="flex min-h-8 items-center pb-1 font-semibold">
        {t("facts")}
      </h2>
      <dl className="border-t">
        <PersonFact
          name={t("manager")}
          {...(manage && {
            button: (
              <PeopleButton
                account={{ id, name, isManagerFromRoster }}
                email={manager?.email ?? null}
                standIns={standInEmails}
                people={manage.people}
                setPeople={manage.setPeople}
              />
            ),
          })}
        >
          {manager ? (
            <Person person={manager} />
          ) : (
            <span className="text-muted">{t("noManager")}</span>
          )}
          {isManagerFromRoster && (
            <span className="block text-meta text-muted">{t("managerFromRoster")}</span>
          )}
        </PersonFact>
        <PersonFact name={t("standIns")}>
          {standIns.length === 0 && <span className="text-muted">{t("noStandIns")}</span>}
          <ul>
            {standIns.map((person) => (
              <li key={person.email}>
                <Person person={person} />
              </li>
            ))}
          </ul>
        </PersonFact>
        <PersonFact
          name={t("zone")}
          {...(manage && {
            button: <ZoneButton account={{ id, name }} zone={zone} setZone={manage.setZone} />,
          })}
        >
          {zone ?? <span className="text-muted">{t("noZone")}</span>}
        </PersonFact>
      </dl>
    </section>
  );
}

function Person({ person }: { person: AccountPersonOption }) {
  return (
    <a href={`mailto:${person.email}`} className="underline">
      <bdi>{person.name}</bdi>
    </a>
  );
}
