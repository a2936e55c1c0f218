"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type { ScheduleActions } from "./schedule-actions.ts";

/** Cancels a schedule that waits. */
export function CancelDialog({
  schedule,
  openerId,
  cancel,
}: {
  schedule: { id: string; title: string };
  openerId: string;
  cancel: ScheduleActions["cancel"];
}) {
  const t = useTranslations("scheduleActions");
  const { say } = useToasts();
  return (
    <ActionDialog
      title={t("cancelTitle")}
      description={<p className="wrap-anywhere">{t("cancelMeans", { title: schedule.title })}</p>}
      openerId={openerId}
      confirmName={t("cancelConfirm")}
      check={useReasonCheck()}
      action={(form) => cancel({ scheduleId: schedule.id, reason: readText(form, "reason") })}
      onDone={() => {
        say({ text: t("cancelled"), undo: null, returnFocusTo: openerId });
        return null;
      }}
    >
      <ReasonField />
    </ActionDialog>
  );
}
