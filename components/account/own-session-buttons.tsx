"use client";

import { useTranslations } from "next-intl";
import { ActButton } from "../acts/act-button.tsx";
import { ActDialog } from "../acts/act-dialog.tsx";
import type { Act, ActResult } from "../acts/act-result.ts";
import { signOutHere } from "../shell/sign-out-here.ts";
import { useToasts } from "../ui/toasts.tsx";

export type EndOwnSession = Act<{ sessionId: string }, null>;
export type SignOutSelf = () => Promise<ActResult<null>>;

const nothingToCheck = () => ({});

export function EndOwnSessionButton({
  sessionId,
  where,
  endSession,
}: {
  sessionId: string;
  /** In words, to tell its button from the others'. */
  where: string;
  endSession: EndOwnSession;
}) {
  const t = useTranslations("accountActs");
  const { say } = useToasts();
  const dialog = (openerId: string) => (
    <ActDialog
      title={t("endTitle")}
      description={<p>{t("endMeans")}</p>}
      openerId={openerId}
      confirmName={t("endConfirm")}
      check={nothingToCheck}
      act={() => endSession({ sessionId })}
      onDone={() => {
        // Its row goes with it, so the focus goes to the page.
        say({ text: t("ended"), undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      {null}
    </ActDialog>
  );
  return (
    <ActButton aria-label={t("endSessionOf", { where })} dialog={dialog}>
      {t("endSession")}
    </ActButton>
  );
}

export function SignOutSelfButton({ signOut }: { signOut: SignOutSelf }) {
  const t = useTranslations("accountActs");
  const dialog = (openerId: string) => (
    <ActDialog
      title={t("signOutTitle")}
      description={<p>{t("signOutMeans")}</p>}
      openerId={openerId}
      confirmName={t("signOut")}
      check={nothingToCheck}
      act={async () => {
        const result = await signOut();
        // The session has ended, so a cookie that stays lets nobody in.
        if (result.ok) await signOutHere().catch(() => location.assign("/sign-in"));
        return result;
      }}
      // Until the sign-in page is there.
      onDone={() => <p className="px-4 py-4 sm:px-5">{t("signingOut")}</p>}
    >
      {null}
    </ActDialog>
  );
  return <ActButton dialog={dialog}>{t("signOut")}</ActButton>;
}
