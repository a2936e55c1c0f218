"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { isolate } from "../ui/isolate.ts";
import { Notice } from "../ui/notice.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type { PersonActions, TargetPerson } from "./person-actions.ts";

/** Unlinks a person from their account at the identity provider, so that another can take its place. */
export function IdentityDialog({
  person: { id: personId, name, email, isSelf },
  openerId,
  forgetIdentity,
}: {
  person: TargetPerson;
  openerId: string;
  forgetIdentity: PersonActions["forgetIdentity"];
}) {
  const t = useTranslations("personActions");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  return (
    <ActionDialog
      title={t("unlinkTitle", { name: isolate(name) })}
      description={<p>{t("unlinkMeans", { email })}</p>}
      openerId={openerId}
      confirmName={t("unlinkConfirm", { name: isolate(name) })}
      check={checkReason}
      action={(form) => forgetIdentity({ personId, reason: readText(form, "reason") })}
      onDone={({ changed }) => {
        // The action removes its button, so the focus goes to the page.
        const text = t(changed ? "unlinked" : "alreadyUnlinked", { name: isolate(name) });
        say({ text, undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      {isSelf && <Notice tone="warning">{t("isYou")}</Notice>}
      <ReasonField />
    </ActionDialog>
  );
}
