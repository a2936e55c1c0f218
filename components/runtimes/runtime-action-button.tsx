"use client";

import { useTranslations } from "next-intl";
import { ActionButton } from "../actions/action-button.tsx";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type { RuntimeAction, RuntimeActionName } from "./runtime-action.ts";

type Props = { name: RuntimeActionName; instanceId: string; action: RuntimeAction };

/** A button whose dialog asks for the reason of the action. */
export function RuntimeActionButton(props: Props) {
  const t = useTranslations("runtimeActions");
  const { name, instanceId } = props;
  return (
    <ActionButton
      aria-label={t(`${name}Of`, { name: instanceId })}
      dialog={(openerId) => <RuntimeActionDialog {...props} openerId={openerId} />}
    >
      {t(name)}
    </ActionButton>
  );
}

const DONE = {
  dismiss: { changed: "nowDismissed", unchanged: "alreadyDismissed" },
  release: { changed: "nowReleased", unchanged: "alreadyReleased" },
} as const;

function RuntimeActionDialog({ name, instanceId, action, openerId }: Props & { openerId: string }) {
  const t = useTranslations("runtimeActions");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  return (
    <ActionDialog
      title={t(`${name}Title`, { name: instanceId })}
      description={<p>{t(`${name}Means`)}</p>}
      openerId={openerId}
      confirmName={t(`${name}Of`, { name: instanceId })}
      check={checkReason}
      action={(form) => action({ instanceId, reason: readText(form, "reason") })}
      onDone={({ changed }) => {
        const text = t(DONE[name][changed ? "changed" : "unchanged"], { name: instanceId });
        say({ text, undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      <ReasonField />
    </ActionDialog>
  );
}
