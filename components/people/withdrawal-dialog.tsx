"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "../acts/act-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../acts/fields.tsx";
import { isolate } from "../ui/isolate.ts";
import { useToasts } from "../ui/toasts.tsx";
import type { ActedOn, PersonActions } from "./person-act.ts";

/** Takes back that a person be erased. */
export function WithdrawalDialog({
  person: { id: personId, name },
  openerId,
  withdrawErasure,
}: {
  person: ActedOn;
  openerId: string;
  withdrawErasure: PersonActions["withdrawErasure"];
}) {
  const t = useTranslations("personActs");
  const { say } = useToasts();
  const check = useReasonCheck();
  return (
    <ActDialog
      title={t("withdrawalTitle", { name: isolate(name) })}
      description={<p>{t("withdrawalMeans")}</p>}
      openerId={openerId}
      confirmName={t("withdrawalConfirm")}
      check={check}
      act={(form) => withdrawErasure({ personId, reason: readText(form, "reason") })}
      onDone={({ changed }) => {
        const text = t(changed ? "withdrawn" : "withdrawnAlready", { name: isolate(name) });
        say({ text, undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      <ReasonField />
    </ActDialog>
  );
}
