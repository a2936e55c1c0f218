"use client";

import { useTranslations } from "next-intl";
import { ActButton } from "../acts/act-button.tsx";
import { DisableDialog } from "./disable-dialog.tsx";
import { ErasureDialog } from "./erasure-dialog.tsx";
import { IdentityDialog } from "./identity-dialog.tsx";
import { PasswordDialog } from "./password-dialog.tsx";
import type { ActedOn, PersonActions } from "./person-act.ts";
import { RenameDialog } from "./rename-dialog.tsx";
import { RoleDialog } from "./role-dialog.tsx";
import { WithdrawalDialog } from "./withdrawal-dialog.tsx";

type Props<Action extends keyof PersonActions> = {
  person: ActedOn;
} & { [Name in Action]: NonNullable<PersonActions[Name]> };

export function RoleButton({ person, setRole }: Props<"setRole">) {
  const t = useTranslations("personActs");
  return (
    <ActButton
      dialog={(openerId) => <RoleDialog person={person} openerId={openerId} setRole={setRole} />}
    >
      {t("changeRole")}
    </ActButton>
  );
}

export function DisableButton({
  person,
  isDisabled,
  setDisabled,
}: Props<"setDisabled"> & {
  /** What they are. */
  isDisabled: boolean;
}) {
  const t = useTranslations("personActs");
  const props = { person, isDisabled: !isDisabled, setDisabled };
  return (
    <ActButton dialog={(openerId) => <DisableDialog openerId={openerId} {...props} />}>
      {t(isDisabled ? "enable" : "disable")}
    </ActButton>
  );
}

export function PasswordButton({ person, resetPassword }: Props<"resetPassword">) {
  const t = useTranslations("personActs");
  const props = { person, resetPassword };
  return (
    <ActButton dialog={(openerId) => <PasswordDialog openerId={openerId} {...props} />}>
      {t("resetPassword")}
    </ActButton>
  );
}

export function IdentityButton({ person, forgetIdentity }: Props<"forgetIdentity">) {
  const t = useTranslations("personActs");
  const props = { person, forgetIdentity };
  return (
    <ActButton dialog={(openerId) => <IdentityDialog openerId={openerId} {...props} />}>
      {t("untie")}
    </ActButton>
  );
}

export function RenameButton({ person, rename }: Props<"rename">) {
  const t = useTranslations("personActs");
  const props = { person, rename };
  return (
    <ActButton dialog={(openerId) => <RenameDialog openerId={openerId} {...props} />}>
      {t("rename")}
    </ActButton>
  );
}

export function ErasureButton({ person, requestErasure }: Props<"requestErasure">) {
  const t = useTranslations("personActs");
  const props = { person, requestErasure };
  return (
    <ActButton dialog={(openerId) => <ErasureDialog openerId={openerId} {...props} />}>
      {t("requestErasure")}
    </ActButton>
  );
}

export function WithdrawalButton({ person, withdrawErasure }: Props<"withdrawErasure">) {
  const t = useTranslations("personActs");
  const props = { person, withdrawErasure };
  return (
    <ActButton dialog={(openerId) => <WithdrawalDialog openerId={openerId} {...props} />}>
      {t("withdrawErasure")}
    </ActButton>
  );
}
