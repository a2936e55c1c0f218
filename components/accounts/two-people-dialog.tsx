"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { isolate } from "../ui/isolate.ts";
import { useToasts } from "../ui/toasts.tsx";
import type { SetTwoPeople } from "./account-actions.ts";

/** Requires two people for an account's changes, or asks another admin to lift that. */
export function TwoPeopleDialog({
  account: { id: accountId, name },
  needsTwoPeople,
  openerId,
  setTwoPeople,
}: {
  account: { id: string; name: string };
  /** The rule to set. */
  needsTwoPeople: boolean;
  openerId: string;
  setTwoPeople: SetTwoPeople;
}) {
  const t = useTranslations("accountDialogs");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  return (
    <ActionDialog
      title={t(needsTwoPeople ? "requireTitle" : "liftTitle", { name: isolate(name) })}
      description={<p>{t(needsTwoPeople ? "requireMeans" : "liftMeans")}</p>}
      openerId={openerId}
      confirmName={t(needsTwoPeople ? "requireConfirm" : "liftConfirm")}
      check={checkReason}
      action={(form) =>
        setTwoPeople({ accountId, needsTwoPeople, reason: readText(form, "reason") })
      }
      onDone={({ changed, isAsked }) => {
        const done = isAsked ? "liftAsked" : changed ? "required" : "twoPeopleAlready";
        say({ text: t(done, { name: isolate(name) }), undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      <ReasonField />
    </ActionDialog>
  );
}
