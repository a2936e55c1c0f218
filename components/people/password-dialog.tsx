"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "../acts/act-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../acts/fields.tsx";
import { SecretOnce } from "../acts/secret-once.tsx";
import { isolate } from "../ui/isolate.ts";
import type { ActedOn, PersonActions } from "./person-act.ts";

/** Makes a new password for a person, and shows it once. */
export function PasswordDialog({
  person: { id: personId, name, email },
  openerId,
  resetPassword,
}: {
  person: ActedOn;
  openerId: string;
  resetPassword: NonNullable<PersonActions["resetPassword"]>;
}) {
  const t = useTranslations("personActs");
  const checkReason = useReasonCheck();
  return (
    <ActDialog
      title={t("resetTitle", { name: isolate(name) })}
      description={<p>{t("resetMeans")}</p>}
      openerId={openerId}
      confirmName={t("resetConfirm")}
      check={checkReason}
      act={(form) => resetPassword({ personId, reason: readText(form, "reason") })}
      onDone={({ password }) => (
        <SecretOnce
          name={t("passwordOf", { name: isolate(name) })}
          hint={t("passwordHint", { email })}
          secret={password}
        />
      )}
    >
      <ReasonField />
    </ActDialog>
  );
}
