"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, TextField, useReasonCheck } from "../actions/fields.tsx";
import { isolate } from "../ui/isolate.ts";
import { useToasts } from "../ui/toasts.tsx";
import type { SetZone } from "./account-actions.ts";

/** Sets the time zone of an account. */
export function ZoneDialog({
  account: { id: accountId, name },
  zone,
  openerId,
  setZone,
}: {
  account: { id: string; name: string };
  zone: string | null;
  openerId: string;
  setZone: SetZone;
}) {
  const t = useTranslations("accountDialogs");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  return (
    <ActionDialog
      title={t("zoneTitle", { name: isolate(name) })}
      description={<p>{t("zoneMeans")}</p>}
      openerId={openerId}
      confirmName={t("save")}
      check={checkReason}
      action={(form) =>
        setZone({
          accountId,
          zone: readText(form, "zone") || null,
          reason: readText(form, "reason"),
        })
      }
      onDone={({ changed }) => {
        const text = t(changed ? "zoneSet" : "zoneAlready", { name: isolate(name) });
        say({ text, undo: null, returnFocusTo: openerId });
        return null;
      }}
    >
      <TextField
        name="zone"
        label={t("zoneName")}
        hint={t("zoneHint")}
        defaultValue={zone ?? ""}
        autoComplete="off"
        isOptional
      />
      <ReasonField />
    </ActionDialog>
  );
}
