"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Action } from "../actions/action.ts";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonInput, readText, TextField, useReasonCheck } from "../actions/fields.tsx";
import { isTicketUrl } from "../actions/reason-rules.ts";
import { useToasts } from "../ui/toasts.tsx";

/** What can be edited of a request, and the version that was shown. */
export type EditedRequest = {
  requestId: string;
  version: number;
  reason: string;
  ticketUrl: string | null;
};

/** Edits what a request says. */
export function EditDialog({
  request,
  openerId,
  edit,
}: {
  request: EditedRequest;
  openerId: string;
  edit: Action<EditedRequest, null>;
}) {
  const t = useTranslations("requestActions");
  const checkReason = useReasonCheck();
  const { say } = useToasts();
  const [reason, setReason] = useState(request.reason);
  const { requestId, version } = request;
  return (
    <ActionDialog
      title={t("editTitle")}
      description={<p>{t("editMeans")}</p>}
      openerId={openerId}
      confirmName={t("editConfirm")}
      check={(form) => ({
        ...checkReason(form),
        ticketUrl: isTicketUrl(readText(form, "ticketUrl")) ? null : t("ticketWrong"),
      })}
      action={(form) => {
        const ticketUrl = readText(form, "ticketUrl") || null;
        return edit({ requestId, version, reason: reason.trim(), ticketUrl });
      }}
      onDone={() => {
        say({ text: t("edited"), undo: null, returnFocusTo: openerId });
        return null;
      }}
    >
      <ReasonInput value={reason} onChange={setReason} />
      <TextField
        name="ticketUrl"
        type="url"
        label={t("ticket")}
        hint={t("ticketHint")}
        defaultValue={request.ticketUrl ?? ""}
        maxLength={2_000}
      />
    </ActionDialog>
  );
}
