"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { useUndo } from "../actions/use-undo.ts";
import { isolate } from "../ui/isolate.ts";
import { Notice } from "../ui/notice.tsx";
import type { PersonActions, TargetPerson } from "./person-actions.ts";

/** Disables a person, or enables them again. */
export function DisableDialog({
  person,
  isDisabled,
  openerId,
  setDisabled,
}: {
  person: TargetPerson;
  /** The state to set. */
  isDisabled: boolean;
  openerId: string;
  setDisabled: PersonActions["setDisabled"];
}) {
  const t = useTranslations("personActions");
  const checkReason = useReasonCheck();
  const sayWithUndo = useUndo(openerId);
  const { id: personId, name } = person;

  const action = async (form: FormData) => {
    const reason = readText(form, "reason");
    const result = await setDisabled({ personId, isDisabled, reason });
    return result.ok ? { ...result, value: { ...result.value, reason } } : result;
  };
  const done = ({ changed, reason }: { changed: boolean; reason: string }) => {
    const already = isDisabled ? "alreadyDisabled" : "alreadyEnabled";
    sayWithUndo({
      done: { text: t(changed ? toState(isDisabled) : already, { name: isolate(name) }) },
      undone: () => ({ text: t(toState(!isDisabled), { name: isolate(name) }) }),
      reason,
      undo:
        changed && !person.isSelf
          ? (why) => setDisabled({ personId, isDisabled: !isDisabled, reason: why })
          : null,
    });
    return null;
  };
  return (
    <ActionDialog
      title={t(isDisabled ? "disableTitle" : "enableTitle", { name: isolate(name) })}
      description={<p>{t(isDisabled ? "disableMeans" : "enableMeans")}</p>}
      openerId={openerId}
      confirmName={t(isDisabled ? "disableConfirm" : "enableConfirm", { name: isolate(name) })}
      check={checkReason}
      action={action}
      onDone={done}
    >
      {person.isSelf && <Notice tone="warning">{t("isYou")}</Notice>}
      <ReasonField />
    </ActionDialog>
  );
}

function toState(isDisabled: boolean) {
  return isDisabled ? "nowDisabled" : "nowEnabled";
}
