"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { useActs } from "../acts/acts.tsx";
import { Button } from "../ui/button.tsx";
import { usePassFocusOn } from "../ui/use-pass-focus-on.ts";
import { DisableDialog } from "./disable-dialog.tsx";
import { IdentityDialog } from "./identity-dialog.tsx";
import { PasswordDialog } from "./password-dialog.tsx";
import type { ActedOn, PersonActions } from "./person-act.ts";
import { RoleDialog } from "./role-dialog.tsx";

type Props<Action extends keyof PersonActions> = {
  person: ActedOn;
} & { [Name in Action]: NonNullable<PersonActions[Name]> };

export function RoleButton({ person, setRole }: Props<"setRole">) {
  const t = useTranslations("personActs");
  const id = useId();
  const { open } = useActs();
  return (
    <Button
      id={id}
      onClick={() => open(<RoleDialog person={person} openerId={id} setRole={setRole} />)}
    >
      {t("changeRole")}
    </Button>
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
  const id = useId();
  const { open } = useActs();
  const press = () =>
    open(
      <DisableDialog
        person={person}
        isDisabled={!isDisabled}
        openerId={id}
        setDisabled={setDisabled}
      />,
    );
  return (
    <Button id={id} onClick={press}>
      {t(isDisabled ? "enable" : "disable")}
    </Button>
  );
}

export function PasswordButton({ person, resetPassword }: Props<"resetPassword">) {
  const t = useTranslations("personActs");
  const id = useId();
  const { open } = useActs();
  const press = () =>
    open(<PasswordDialog person={person} openerId={id} resetPassword={resetPassword} />);
  return (
    <Button id={id} onClick={press}>
      {t("resetPassword")}
    </Button>
  );
}

export function IdentityButton({ person, forgetIdentity }: Props<"forgetIdentity">) {
  const t = useTranslations("personActs");
  const id = useId();
  const { open } = useActs();
  usePassFocusOn(id);
  const press = () =>
    open(<IdentityDialog person={person} openerId={id} forgetIdentity={forgetIdentity} />);
  return (
    <Button id={id} onClick={press}>
      {t("untie")}
    </Button>
  );
}
