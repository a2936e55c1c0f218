"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { isolate } from "../ui/isolate.ts";
import { useToasts } from "../ui/toasts.tsx";
import type { PersonActions, TargetPerson } from "./person-actions.ts";

/** Withdraws the request to erase a person. */
export function WithdrawalDialog({
  person: { id: personId, name },
  openerId,
  withdrawErasure,
}: {
  person: TargetPerson;
  openerId: string;
  withdrawErasure: PersonActions["withdrawErasure"];
}) {
  const t = useTranslations("personActions");
  const { say } = useToasts();
  const check = useReasonCheck();
  return (
    <ActionDialog
      title={t("withdrawalTitle", { name: isolate(name) })}
      description={<p>{t("withdrawalMeans")}</p>}
      openerId={openerId}
      confirmName={t("withdrawalConfirm")}
      check={check}
      action={(form) => withdrawErasure({ personId, reason: readText(form, "reason") })}
      onDone={({ changed }) => {
        const text = t(changed ? "withdrawn" : "withdrawnAlready", { name: isolate(name) });
        say({ text, undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      <ReasonField />
    </ActionDialog>
  );
}
