"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type { ScheduleActions } from "./schedule-actions.ts";
import { readTime, TimeFields, useTimeCheck } from "./time-fields.tsx";

/** Moves a schedule that waits to another time. */
export function MoveDialog({
  schedule,
  openerId,
  move,
}: {
  schedule: { id: string; title: string; localTime: string; zone: string };
  openerId: string;
  move: ScheduleActions["move"];
}) {
  const t = useTranslations("scheduleActions");
  const { say } = useToasts();
  const checkTime = useTimeCheck();
  const checkReason = useReasonCheck();
  return (
    <ActionDialog
      title={t("moveTitle")}
      description={<p className="wrap-anywhere">{schedule.title}</p>}
      openerId={openerId}
      confirmName={t("moveConfirm")}
      check={(form) => ({ ...checkTime(form), ...checkReason(form) })}
      action={(form) =>
        move({ scheduleId: schedule.id, ...readTime(form), reason: readText(form, "reason") })
      }
      onDone={() => {
        say({ text: t("moved"), undo: null, returnFocusTo: openerId });
        return null;
      }}
    >
      <TimeFields localTime={schedule.localTime} zone={schedule.zone} />
      <ReasonField />
    </ActionDialog>
  );
}
