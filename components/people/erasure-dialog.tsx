"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, TextField, useReasonCheck } from "../actions/fields.tsx";
import { isolate } from "../ui/isolate.ts";
import { Notice } from "../ui/notice.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type { PersonActions, TargetPerson } from "./person-actions.ts";

/** Requests the erasure of a person, whose address must be typed to confirm. */
export function ErasureDialog({
  person: { id: personId, name, email },
  openerId,
  requestErasure,
}: {
  person: TargetPerson;
  openerId: string;
  requestErasure: PersonActions["requestErasure"];
}) {
  const t = useTranslations("personActions");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  const isTheirs = (form: FormData) => readText(form, "expectedEmail").toLowerCase() === email;
  return (
    <ActionDialog
      title={t("erasureTitle", { name: isolate(name) })}
      description={<p>{t("erasureMeans")}</p>}
      openerId={openerId}
      confirmName={t("erasureConfirm")}
      check={(form) => ({
        ...checkReason(form),
        expectedEmail: isTheirs(form) ? null : t("erasureWrong", { email }),
      })}
      action={(form) =>
        requestErasure({
          personId,
          reason: readText(form, "reason"),
          expectedEmail: readText(form, "expectedEmail"),
        })
      }
      onDone={({ changed }) => {
        const text = t(changed ? "erasureRequested" : "erasureAlready", { name: isolate(name) });
        say({ text, undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      <Notice tone="danger">{t("erasureForGood")}</Notice>
      <p className="text-muted">{t("erasureStays")}</p>
      <ReasonField />
      <TextField
        name="expectedEmail"
        label={t("erasureType")}
        hint={email}
        autoComplete="off"
        maxLength={254}
      />
    </ActionDialog>
  );
}
