"use client";

import { useTranslations } from "next-intl";
import type { Action } from "../actions/action.ts";
import { ActionButton } from "../actions/action-button.tsx";
import { ActionDialog, type FieldErrors } from "../actions/action-dialog.tsx";
import { TextField } from "../actions/fields.tsx";
import { useToasts } from "../ui/toasts.tsx";

export type ChangePassword = Action<{ currentPassword: string; newPassword: string }, null>;

type Props = { email: string; fewestCharacters: number; changePassword: ChangePassword };

export function ChangePasswordButton(props: Props) {
  const t = useTranslations("accountActions");
  return (
    <ActionButton dialog={(openerId) => <ChangePasswordDialog {...props} openerId={openerId} />}>
      {t("changePassword")}
    </ActionButton>
  );
}

/** Asks for the current password, and for the new one twice. */
function ChangePasswordDialog({
  email,
  fewestCharacters,
  changePassword,
  openerId,
}: Props & { openerId: string }) {
  const t = useTranslations("accountActions");
  const { say } = useToasts();
  const check = (form: FormData): FieldErrors => {
    const { current, wanted, again } = readPasswords(form);
    const isShort = wanted.length < fewestCharacters;
    const samePassword = wanted === current ? t("newSame") : null;
    return {
      current: current === "" ? t("currentMissing") : null,
      wanted: isShort ? t("newShort", { fewestCharacters }) : samePassword,
      again: again === wanted ? null : t("againWrong"),
    };
  };
  const action = (form: FormData) => {
    const { current, wanted } = readPasswords(form);
    return changePassword({ currentPassword: current, newPassword: wanted });
  };
  return (
    <ActionDialog
      title={t("changePassword")}
      description={<p>{t("changeMeans")}</p>}
      openerId={openerId}
      confirmName={t("changePassword")}
      check={check}
      action={action}
      onDone={() => {
        say({ text: t("changed"), undo: null, returnFocusTo: openerId });
        return null;
      }}
    >
      {/* For password managers: the account of this password. */}
      <input hidden readOnly name="email" autoComplete="username" value={email} />
      <TextField
        name="current"
        label={t("current")}
        type="password"
        autoComplete="current-password"
        maxLength={200}
      />
      <TextField
        name="wanted"
        label={t("new")}
        hint={t("newHint", { fewestCharacters })}
        type="password"
        autoComplete="new-password"
        maxLength={200}
      />
      <TextField
        name="again"
        label={t("again")}
        type="password"
        autoComplete="new-password"
        maxLength={200}
      />
    </ActionDialog>
  );
}

/** Not trimmed: a space at the end is part of a password. */
function readPasswords(form: FormData) {
  const read = (name: string) => String(form.get(name) ?? "");
  return { current: read("current"), wanted: read("wanted"), again: read("again") };
}
