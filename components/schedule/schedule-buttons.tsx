"use client";

import { useTranslations } from "next-intl";
import { ActionButton } from "../actions/action-button.tsx";
import { CancelAllDialog } from "./cancel-all-dialog.tsx";
import { CancelDialog } from "./cancel-dialog.tsx";
import { CreateDialog } from "./create-dialog.tsx";
import { MoveDialog } from "./move-dialog.tsx";
import type { Access, ScheduleActions } from "./schedule-actions.ts";

export function CreateButton({
  numbers,
  zone,
  create,
}: {
  numbers: string;
  zone: string;
  create: ScheduleActions["create"];
}) {
  const t = useTranslations("scheduleActions");
  const props = { numbers, zone, create };
  return (
    <ActionButton
      variant="primary"
      dialog={(openerId) => <CreateDialog openerId={openerId} {...props} />}
    >
      {t("create")}
    </ActionButton>
  );
}

export function CancelAllButton({
  by,
  cancelWaiting,
}: {
  by: Access;
  cancelWaiting: ScheduleActions["cancelWaiting"];
}) {
  const t = useTranslations("scheduleActions");
  const props = { by, cancelWaiting };
  return (
    <ActionButton dialog={(openerId) => <CancelAllDialog openerId={openerId} {...props} />}>
      {t("cancelAll")}
    </ActionButton>
  );
}

/** The buttons of a schedule that waits; without `move` for one whose time was approved. */
export function ScheduleButtons({
  schedule,
  cancel,
  move,
}: {
  schedule: { id: string; title: string; localTime: string; zone: string };
  cancel: ScheduleActions["cancel"];
  move: ScheduleActions["move"] | null;
}) {
  const t = useTranslations("scheduleActions");
  return (
    <div className="flex gap-2">
      {move && (
        <ActionButton
          dialog={(openerId) => <MoveDialog {...{ schedule, openerId, move }} />}
          aria-label={t("moveOf", { title: schedule.title })}
        >
          {t("move")}
        </ActionButton>
      )}
      <ActionButton
        dialog={(openerId) => <CancelDialog {...{ schedule, openerId, cancel }} />}
        aria-label={t("cancelOf", { title: schedule.title })}
      >
        {t("cancelSchedule")}
      </ActionButton>
    </div>
  );
}
