"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { isolate } from "../ui/isolate.ts";
import { useToasts } from "../ui/toasts.tsx";
import { StillWaiting } from "./still-waiting.tsx";
import type { RevokeToken, TargetToken } from "./token-actions.ts";

/** Revokes a token for good. */
export function RevokeDialog({
  token: { id: tokenId, name },
  openerId,
  revoke,
}: {
  token: TargetToken;
  openerId: string;
  revoke: RevokeToken;
}) {
  const t = useTranslations("tokenActions");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  return (
    <ActionDialog
      title={t("revokeTitle", { name: isolate(name) })}
      description={<p>{t("revokeMeans")}</p>}
      openerId={openerId}
      confirmName={t("revokeConfirm", { name: isolate(name) })}
      check={checkReason}
      action={(form) => revoke({ tokenId, reason: readText(form, "reason") })}
      onDone={({ changed, waiting }) => {
        if (waiting.schedules + waiting.requests > 0) {
          return <StillWaiting tokenId={tokenId} waiting={waiting} />;
        }
        const text = t(changed ? "nowRevoked" : "alreadyRevoked", { name: isolate(name) });
        say({ text, undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      <ReasonField />
    </ActionDialog>
  );
}
