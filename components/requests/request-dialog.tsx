"use client";

import { useTranslations } from "next-intl";
import type { ActionResult } from "../actions/action.ts";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { useToasts } from "../ui/toasts.tsx";

const TEXTS = {
  decline: ["declineTitle", "declineMeans", "declineConfirm", "declined"],
  withdraw: ["withdrawTitle", "withdrawMeans", "withdrawConfirm", "withdrawn"],
  review: ["reviewTitle", "reviewMeans", "reviewConfirm", "reviewed"],
} as const;

const HINTS = { decline: "declineHint", review: "reviewHint" } as const;

/** Declines or withdraws a request, or marks a forced change as reviewed. Withdrawing takes no words. */
export function RequestDialog({
  kind,
  openerId,
  send,
}: {
  kind: keyof typeof TEXTS;
  openerId: string;
  send: (words: string) => Promise<ActionResult<null>>;
}) {
  const t = useTranslations("requestActions");
  const checkReason = useReasonCheck();
  const { say } = useToasts();
  const [title, means, confirm, done] = TEXTS[kind];
  return (
    <ActionDialog
      title={t(title)}
      description={<p>{t(means)}</p>}
      openerId={openerId}
      confirmName={t(confirm)}
      check={(form) => (kind === "withdraw" ? {} : checkReason(form))}
      action={(form) => send(readText(form, "reason"))}
      onDone={() => {
        say({ text: t(done), undo: null, returnFocusTo: openerId });
        return null;
      }}
    >
      {kind !== "withdraw" && <ReasonField hint={t(HINTS[kind])} />}
    </ActionDialog>
  );
}
