"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type { Access, ScheduleActions } from "./schedule-actions.ts";

/** Cancels everything that waits and came by somebody's access. */
export function CancelAllDialog({
  by,
  openerId,
  cancelWaiting,
}: {
  by: Access;
  openerId: string;
  cancelWaiting: ScheduleActions["cancelWaiting"];
}) {
  const t = useTranslations("scheduleActions");
  const { say } = useToasts();
  return (
    <ActionDialog
      title={t("cancelAllTitle")}
      description={<p>{t("cancelAllMeans")}</p>}
      openerId={openerId}
      confirmName={t("cancelAllConfirm")}
      check={useReasonCheck()}
      action={(form) => cancelWaiting({ by, reason: readText(form, "reason") })}
      onDone={({ cancelled }) => {
        say({
          text: t("cancelledAll", { count: cancelled }),
          undo: null,
          returnFocusTo: openerId,
        });
        return null;
      }}
    >
      <ReasonField />
    </ActionDialog>
  );
}
