"use client";

import { useTranslations } from "next-intl";
import { ActButton } from "../acts/act-button.tsx";
import { ActDialog } from "../acts/act-dialog.tsx";
import type { Act } from "../acts/act-result.ts";
import { ReasonField, readText, useReasonCheck } from "../acts/fields.tsx";
import { isolate } from "../ui/isolate.ts";
import { Notice } from "../ui/notice.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type { ActedOn } from "./person-act.ts";

type EndSession = Act<{ sessionId: string; reason: string }, null>;
type SignOut = Act<{ personId: string; reason: string }, null>;

export function EndSessionButton({
  sessionId,
  where,
  isCurrent,
  endSession,
}: {
  sessionId: string;
  /** In words, to tell its button from the others'. */
  where: string;
  isCurrent: boolean;
  endSession: EndSession;
}) {
  const t = useTranslations("personActs");
  const props = { sessionId, isCurrent, endSession };
  return (
    <ActButton
      aria-label={t("endSessionOf", { where })}
      dialog={(openerId) => <EndSessionDialog openerId={openerId} {...props} />}
    >
      {t("endSession")}
    </ActButton>
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
  const t = useTranslations("personActs");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  return (
    <ActDialog
      title={t("endTitle")}
      description={<p>{t("endMeans")}</p>}
      openerId={openerId}
      confirmName={t("endConfirm")}
      check={checkReason}
      act={(form) => endSession({ sessionId, reason: readText(form, "reason") })}
      onDone={() => {
        // Its row goes with it, so the focus goes to the page.
        say({ text: t("ended"), undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      {isCurrent && <Notice tone="warning">{t("isYou")}</Notice>}
      <ReasonField />
    </ActDialog>
  );
}

export function SignOutEverywhereButton({
  person,
  signOut,
}: {
  person: ActedOn;
  signOut: SignOut;
}) {
  const t = useTranslations("personActs");
  return (
    <ActButton
      dialog={(openerId) => <SignOutDialog openerId={openerId} person={person} signOut={signOut} />}
    >
      {t("signOut")}
    </ActButton>
  );
}

function SignOutDialog({
  openerId,
  person: { id: personId, name, isSelf },
  signOut,
}: {
  openerId: string;
  person: ActedOn;
  signOut: SignOut;
}) {
  const t = useTranslations("personActs");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  return (
    <ActDialog
      title={t("signOutTitle", { name: isolate(name) })}
      description={<p>{t("signOutMeans")}</p>}
      openerId={openerId}
      confirmName={t("signOutConfirm", { name: isolate(name) })}
      check={checkReason}
      act={(form) => signOut({ personId, reason: readText(form, "reason") })}
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
    </ActDialog>
  );
}
