"use client";

import { useTranslations } from "next-intl";
import type { Action } from "../actions/action.ts";
import { ActionButton } from "../actions/action-button.tsx";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { useToasts } from "../ui/toasts.tsx";

type Props = { personId: string; endWork: Action<{ personId: string; reason: string }, null> };

/** Ends everything that waits in a person's name. */
export function EndWaitingButton(props: Props) {
  const t = useTranslations("waitingWork");
  return (
    <ActionButton dialog={(openerId) => <EndWaitingDialog openerId={openerId} {...props} />}>
      {t("end")}
    </ActionButton>
  );
}

function EndWaitingDialog({ openerId, personId, endWork }: Props & { openerId: string }) {
  const t = useTranslations("waitingWork");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  return (
    <ActionDialog
      title={t("endTitle")}
      description={<p>{t("endMeans")}</p>}
      openerId={openerId}
      confirmName={t("endConfirm")}
      check={checkReason}
      action={(form) => endWork({ personId, reason: readText(form, "reason") })}
      onDone={() => {
        // The section disappears with the button, so the focus goes to the page.
        say({ text: t("ended"), undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      <ReasonField />
    </ActionDialog>
  );
}
