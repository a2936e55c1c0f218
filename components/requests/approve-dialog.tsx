"use client";

import { useTranslations } from "next-intl";
import { REASON_LENGTH } from "#lib/audit/reason-length.ts";
import type { Action } from "../actions/action.ts";
import { ActionDialog, useFieldError } from "../actions/action-dialog.tsx";
import { readText } from "../actions/fields.tsx";
import { isReason } from "../actions/reason-rules.ts";
import { FlagConsequences } from "../flags/flag-consequences.tsx";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { useToasts } from "../ui/toasts.tsx";

/** What an approval does, as the dialog says it. */
export type ApprovalEffect = {
  numbers: number;
  turnsOn: boolean;
  turnsOff: boolean;
  isLater: boolean;
  /** How many others wait for the numbers. */
  others: number;
};

/** Approves a request as it was shown. */
export function ApproveDialog({
  requestId,
  version,
  effect,
  openerId,
  approve,
}: {
  requestId: string;
  version: number;
  effect: ApprovalEffect;
  openerId: string;
  approve: Action<
    { requestId: string; version: number; decision?: string },
    { state: "approved" | "scheduled" }
  >;
}) {
  const t = useTranslations("requestActions");
  const { say } = useToasts();
  const { numbers, isLater, others } = effect;
  const means = isLater ? "approveLater" : "approveNow";
  return (
    <ActionDialog
      title={t("approveTitle")}
      description={<p>{numbers === 0 ? t("approveLift") : t(means, { count: numbers })}</p>}
      openerId={openerId}
      confirmName={t("approveConfirm")}
      check={(form) => {
        const words = readText(form, "decision");
        const isValid = words === "" || isReason(words);
        return { decision: isValid ? null : t("wordsWrong", REASON_LENGTH) };
      }}
      action={(form) => {
        const decision = readText(form, "decision");
        return approve({ requestId, version, ...(decision === "" ? {} : { decision }) });
      }}
      onDone={({ state }) => {
        const text = t(state === "scheduled" ? "scheduled" : "approved");
        say({ text, undo: null, returnFocusTo: openerId });
        return null;
      }}
    >
      {others > 0 && <Notice tone="warning">{t("approveOthers", { count: others })}</Notice>}
      {effect.turnsOn && <FlagConsequences acceptsBsuid />}
      {effect.turnsOff && <FlagConsequences acceptsBsuid={false} />}
      <WordsField label={t("words")} hint={t("wordsHint")} />
    </ActionDialog>
  );
}

function WordsField({ label, hint }: { label: string; hint: string }) {
  return (
    <Field label={label} hint={hint} error={useFieldError("decision")}>
      {(control) => <textarea {...control} name="decision" rows={2} className={CONTROL_STYLE} />}
    </Field>
  );
}
