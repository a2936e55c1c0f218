"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "../acts/act-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../acts/fields.tsx";
import { isolate } from "../ui/isolate.ts";
import { useToasts } from "../ui/toasts.tsx";
import type { ActedOnToken, RevokeToken } from "./token-act.ts";

/** Ends a token for ever. */
export function RevokeDialog({
  token: { id: tokenId, name },
  openerId,
  revoke,
}: {
  token: ActedOnToken;
  openerId: string;
  revoke: RevokeToken;
}) {
  const t = useTranslations("tokenActs");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  return (
    <ActDialog
      title={t("revokeTitle", { name: isolate(name) })}
      description={<p>{t("revokeMeans")}</p>}
      openerId={openerId}
      confirmName={t("revokeConfirm", { name: isolate(name) })}
      check={checkReason}
      act={(form) => revoke({ tokenId, reason: readText(form, "reason") })}
      onDone={({ changed }) => {
        const text = t(changed ? "nowRevoked" : "alreadyRevoked", { name: isolate(name) });
        say({ text, undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      <ReasonField />
    </ActDialog>
  );
}
