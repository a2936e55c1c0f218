"use client";

import { useTranslations } from "next-intl";
import type { Action } from "../actions/action.ts";
import { ActionButton } from "../actions/action-button.tsx";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, TextField, useReasonCheck } from "../actions/fields.tsx";
import { isolate } from "../ui/isolate.ts";
import { Notice } from "../ui/notice.tsx";
import { useToasts } from "../ui/toasts.tsx";

type Props = {
  number: { phoneNumberId: string; label: string; acceptsBsuid: boolean; lastDigits: string };
  retire: Action<{ phoneNumberId: string; reason: string }, { changed: boolean }>;
};

/** Retires a number, after its phone's last digits were typed. */
export function RetireButton(props: Props) {
  const t = useTranslations("retireDialog");
  return (
    <ActionButton dialog={(openerId) => <RetireDialog openerId={openerId} {...props} />}>
      {t("retire")}
    </ActionButton>
  );
}

function RetireDialog({
  number: { phoneNumberId, label, acceptsBsuid, lastDigits },
  retire,
  openerId,
}: Props & { openerId: string }) {
  const t = useTranslations("retireDialog");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  const name = isolate(label);
  return (
    <ActionDialog
      title={t("title", { name })}
      description={<p>{t("means")}</p>}
      openerId={openerId}
      confirmName={t("confirm")}
      check={(form) => ({
        ...checkReason(form),
        lastDigits:
          readText(form, "lastDigits") === lastDigits ? null : t("wrongDigits", { lastDigits }),
      })}
      action={(form) => retire({ phoneNumberId, reason: readText(form, "reason") })}
      onDone={({ changed }) => {
        const text = t(changed ? "retired" : "alreadyRetired", { name });
        say({ text, undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      <Notice tone="danger">{t("forGood")}</Notice>
      {acceptsBsuid && <p>{t("switchesOff")}</p>}
      <p className="text-muted">{t("ends")}</p>
      <ReasonField />
      <TextField
        name="lastDigits"
        label={t("typeDigits")}
        hint={lastDigits}
        autoComplete="off"
        maxLength={4}
      />
    </ActionDialog>
  );
}
