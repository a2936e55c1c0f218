"use client";

import { useTranslations } from "next-intl";
import { ActionButton } from "../actions/action-button.tsx";
import type { AccountPersonOption, SetPeople, SetTwoPeople, SetZone } from "./account-actions.ts";
import { PeopleDialog } from "./people-dialog.tsx";
import { TwoPeopleDialog } from "./two-people-dialog.tsx";
import { ZoneDialog } from "./zone-dialog.tsx";

type Account = { id: string; name: string };

export function PeopleButton(props: {
  account: Account & { isManagerFromRoster: boolean };
  email: string | null;
  standIns: readonly string[];
  people: readonly AccountPersonOption[];
  setPeople: SetPeople;
}) {
  const t = useTranslations("accountDialogs");
  return (
    <ActionButton
      aria-label={t("peopleOf")}
      dialog={(openerId) => <PeopleDialog openerId={openerId} {...props} />}
    >
      {t("people")}
    </ActionButton>
  );
}

export function ZoneButton(props: { account: Account; zone: string | null; setZone: SetZone }) {
  const t = useTranslations("accountDialogs");
  return (
    <ActionButton
      aria-label={t("zoneOf")}
      dialog={(openerId) => <ZoneDialog openerId={openerId} {...props} />}
    >
      {t("zone")}
    </ActionButton>
  );
}

export function TwoPeopleButton(props: {
  account: Account;
  /** The rule to set. */
  needsTwoPeople: boolean;
  setTwoPeople: SetTwoPeople;
}) {
  const t = useTranslations("accountDialogs");
  return (
    <ActionButton dialog={(openerId) => <TwoPeopleDialog openerId={openerId} {...props} />}>
      {t(props.needsTwoPeople ? "require" : "lift")}
    </ActionButton>
  );
}
