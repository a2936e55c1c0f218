"use client";

import { useTranslations } from "next-intl";
import type { Action, ActionResult } from "../actions/action.ts";
import { ActionButton } from "../actions/action-button.tsx";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { signOutHere } from "../shell/sign-out-here.ts";
import { useToasts } from "../ui/toasts.tsx";

export type EndOwnSession = Action<{ sessionId: string }, null>;
export type SignOutSelf = () => Promise<ActionResult<null>>;

const nothingToCheck = () => ({});

export function EndOwnSessionButton({
  sessionId,
  where,
  endSession,
}: {
  sessionId: string;
  /** Describes the session, to tell its button from the others'. */
  where: string;
  endSession: EndOwnSession;
}) {
  const t = useTranslations("accountActions");
  const { say } = useToasts();
  const dialog = (openerId: string) => (
    <ActionDialog
      title={t("endTitle")}
      description={<p>{t("endMeans")}</p>}
      openerId={openerId}
      confirmName={t("endConfirm")}
      check={nothingToCheck}
      action={() => endSession({ sessionId })}
      onDone={() => {
        // The row disappears with the button, so the focus goes to the page.
        say({ text: t("ended"), undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      {null}
    </ActionDialog>
  );
  return (
    <ActionButton aria-label={t("endSessionOf", { where })} dialog={dialog}>
      {t("endSession")}
    </ActionButton>
  );
}

export function SignOutSelfButton({ signOut }: { signOut: SignOutSelf }) {
  const t = useTranslations("accountActions");
  const dialog = (openerId: string) => (
    <ActionDialog
      title={t("signOutTitle")}
      description={<p>{t("signOutMeans")}</p>}
      openerId={openerId}
      confirmName={t("signOut")}
      check={nothingToCheck}
      action={async () => {
        const result = await signOut();
        // The session has ended, so a cookie that stays grants nothing.
        if (result.ok) await signOutHere().catch(() => location.assign("/sign-in"));
        return result;
      }}
      // Shown until the sign-in page has loaded.
      onDone={() => <p className="px-page py-4">{t("signingOut")}</p>}
    >
      {null}
    </ActionDialog>
  );
  return <ActionButton dialog={dialog}>{t("signOut")}</ActionButton>;
}
