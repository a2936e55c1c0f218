"use client";

import { useTranslations } from "next-intl";
import type { Action } from "../actions/action.ts";
import { ActionButton } from "../actions/action-button.tsx";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { isolate } from "../ui/isolate.ts";
import { Notice } from "../ui/notice.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type { TargetPerson } from "./person-actions.ts";

type EndSession = Action<{ sessionId: string; reason: string }, null>;
type SignOut = Action<{ personId: string; reason: string }, null>;

export function EndSessionButton({
  sessionId,
  where,
  isCurrent,
  endSession,
}: {
  sessionId: string;
  /** Describes the session, to tell its button from the others'. */
  where: string;
  isCurrent: boolean;
  endSession: EndSession;
}) {
  const t = useTranslations("personActions");
  const props = { sessionId, isCurrent, endSession };
  return (
    <ActionButton
      aria-label={t("endSessionOf", { where })}
      dialog={(openerId) => <EndSessionDialog openerId={openerId} {...props} />}
    >
      {t("endSession")}
    </ActionButton>
  );
}

function EndSessionDialog({
  openerId,
  sessionId,
  isCurrent,
  endSession,
}: {
  openerId: string;
  sessionId: string;
  isCurrent: boolean;
  endSession: EndSession;
}) {
  const t = useTranslations("personActions");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  return (
    <ActionDialog
      title={t("endTitle")}
      description={<p>{t("endMeans")}</p>}
      openerId={openerId}
      confirmName={t("endConfirm")}
      check={checkReason}
      action={(form) => endSession({ sessionId, reason: readText(form, "reason") })}
      onDone={() => {
        // The row disappears with the button, so the focus goes to the page.
        say({ text: t("ended"), undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      {isCurrent && <Notice tone="warning">{t("isYou")}</Notice>}
      <ReasonField />
    </ActionDialog>
  );
}

export function SignOutEverywhereButton({
  person,
  signOut,
}: {
  person: TargetPerson;
  signOut: SignOut;
}) {
  const t = useTranslations("personActions");
  return (
    <ActionButton
      dialog={(openerId) => <SignOutDialog openerId={openerId} person={person} signOut={signOut} />}
    >
      {t("signOut")}
    </ActionButton>
  );
}

function SignOutDialog({
  openerId,
  person: { id: personId, name, isSelf },
  signOut,
}: {
  openerId: string;
  person: TargetPerson;
  signOut: SignOut;
}) {
  const t = useTranslations("personActions");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  return (
    <ActionDialog
      title={t("signOutTitle", { name: isolate(name) })}
      description={<p>{t("signOutMeans")}</p>}
      openerId={openerId}
      confirmName={t("signOutConfirm", { name: isolate(name) })}
      check={checkReason}
      action={(form) => signOut({ personId, reason: readText(form, "reason") })}
      onDone={() => {
        say({
          text: t("signedOut", { name: isolate(name) }),
          undo: null,
          returnFocusTo: "content",
        });
        return null;
      }}
    >
      {isSelf && <Notice tone="warning">{t("isYou")}</Notice>}
      <ReasonField />
    </ActionDialog>
  );
}
