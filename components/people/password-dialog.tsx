"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { SecretOnce } from "../actions/secret-once.tsx";
import { isolate } from "../ui/isolate.ts";
import type { PersonActions, TargetPerson } from "./person-actions.ts";

/** Creates a new password for a person, and shows it once. */
export function PasswordDialog({
  person: { id: personId, name, email },
  openerId,
  resetPassword,
}: {
  person: TargetPerson;
  openerId: string;
  resetPassword: NonNullable<PersonActions["resetPassword"]>;
}) {
  const t = useTranslations("personActions");
  const checkReason = useReasonCheck();
  return (
    <ActionDialog
      title={t("resetTitle", { name: isolate(name) })}
      description={<p>{t("resetMeans")}</p>}
      openerId={openerId}
      confirmName={t("resetConfirm")}
      check={checkReason}
      action={(form) => resetPassword({ personId, reason: readText(form, "reason") })}
      onDone={({ password }) => (
        <SecretOnce
          name={t("passwordOf", { name: isolate(name) })}
          hint={t("passwordHint", { email })}
          secret={password}
        />
      )}
    >
      <ReasonField />
    </ActionDialog>
  );
}
