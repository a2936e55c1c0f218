"use client";

import { useTranslations } from "next-intl";
import { ActionButton } from "../actions/action-button.tsx";
import { DisableDialog } from "./disable-dialog.tsx";
import { ErasureDialog } from "./erasure-dialog.tsx";
import { IdentityDialog } from "./identity-dialog.tsx";
import { PasswordDialog } from "./password-dialog.tsx";
import type { PersonActions, TargetPerson } from "./person-actions.ts";
import { RenameDialog } from "./rename-dialog.tsx";
import { RoleDialog } from "./role-dialog.tsx";
import { WithdrawalDialog } from "./withdrawal-dialog.tsx";

type Props<Action extends keyof PersonActions> = {
  person: TargetPerson;
} & { [Name in Action]: NonNullable<PersonActions[Name]> };

export function RoleButton({ person, setRole }: Props<"setRole">) {
  const t = useTranslations("personActions");
  return (
    <ActionButton
      dialog={(openerId) => <RoleDialog person={person} openerId={openerId} setRole={setRole} />}
    >
      {t("changeRole")}
    </ActionButton>
  );
}

export function DisableButton({
  person,
  isDisabled,
  setDisabled,
}: Props<"setDisabled"> & {
  /** The person's present state. */
  isDisabled: boolean;
}) {
  const t = useTranslations("personActions");
  const props = { person, isDisabled: !isDisabled, setDisabled };
  return (
    <ActionButton dialog={(openerId) => <DisableDialog openerId={openerId} {...props} />}>
      {t(isDisabled ? "enable" : "disable")}
    </ActionButton>
  );
}

export function PasswordButton({ person, resetPassword }: Props<"resetPassword">) {
  const t = useTranslations("personActions");
  const props = { person, resetPassword };
  return (
    <ActionButton dialog={(openerId) => <PasswordDialog openerId={openerId} {...props} />}>
      {t("resetPassword")}
    </ActionButton>
  );
}

export function IdentityButton({ person, forgetIdentity }: Props<"forgetIdentity">) {
  const t = useTranslations("personActions");
  const props = { person, forgetIdentity };
  return (
    <ActionButton dialog={(openerId) => <IdentityDialog openerId={openerId} {...props} />}>
      {t("unlink")}
    </ActionButton>
  );
}

export function RenameButton({ person, rename }: Props<"rename">) {
  const t = useTranslations("personActions");
  const props = { person, rename };
  return (
    <ActionButton dialog={(openerId) => <RenameDialog openerId={openerId} {...props} />}>
      {t("rename")}
    </ActionButton>
  );
}

export function ErasureButton({ person, requestErasure }: Props<"requestErasure">) {
  const t = useTranslations("personActions");
  const props = { person, requestErasure };
  return (
    <ActionButton dialog={(openerId) => <ErasureDialog openerId={openerId} {...props} />}>
      {t("requestErasure")}
    </ActionButton>
  );
}

export function WithdrawalButton({ person, withdrawErasure }: Props<"withdrawErasure">) {
  const t = useTranslations("personActions");
  const props = { person, withdrawErasure };
  return (
    <ActionButton dialog={(openerId) => <WithdrawalDialog openerId={openerId} {...props} />}>
      {t("withdrawErasure")}
    </ActionButton>
  );
}
