"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, TextField, useReasonCheck } from "../actions/fields.tsx";
import { isolate } from "../ui/isolate.ts";
import { useToasts } from "../ui/toasts.tsx";
import type { PersonActions, TargetPerson } from "./person-actions.ts";
import { usePersonCheck } from "./use-person-check.ts";

/** Changes a person's name or e-mail address. */
export function RenameDialog({
  person: { id: personId, name, email },
  openerId,
  rename,
}: {
  person: TargetPerson;
  openerId: string;
  rename: PersonActions["rename"];
}) {
  const t = useTranslations("personActions");
  const { say } = useToasts();
  const checkPerson = usePersonCheck();
  const checkReason = useReasonCheck();
  const action = (form: FormData) =>
    rename({
      personId,
      name: readText(form, "name"),
      email: readText(form, "email"),
      reason: readText(form, "reason"),
    });
  return (
    <ActionDialog
      title={t("renameTitle", { name: isolate(name) })}
      description={<p>{t("renameMeans")}</p>}
      openerId={openerId}
      confirmName={t("renameConfirm")}
      check={(form) => ({ ...checkPerson(form), ...checkReason(form) })}
      action={action}
      onDone={({ changed, name: now }) => {
        const text = changed
          ? t("renamed", { name: isolate(now) })
          : t("alreadyNamed", { name: isolate(name) });
        say({ text, undo: null, returnFocusTo: openerId });
        return null;
      }}
    >
      <TextField
        name="name"
        label={t("name")}
        defaultValue={name}
        autoComplete="off"
        maxLength={100}
      />
      <TextField
        name="email"
        type="email"
        label={t("email")}
        hint={t("renameEmailHint")}
        defaultValue={email}
        autoComplete="off"
        maxLength={254}
      />
      <ReasonField />
    </ActionDialog>
  );
}
