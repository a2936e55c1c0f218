"use client";

import { useTranslations } from "next-intl";
import { ActButton } from "../acts/act-button.tsx";
import { ActDialog } from "../acts/act-dialog.tsx";
import { ReasonField, readText, useReasonCheck } from "../acts/fields.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type { RuntimeAction, RuntimeActionName } from "./runtime-action.ts";

type Props = { name: RuntimeActionName; instanceId: string; action: RuntimeAction };

/** Opens the dialog that asks why. */
export function RuntimeActionButton(props: Props) {
  const t = useTranslations("runtimeActions");
  const { name, instanceId } = props;
  return (
    <ActButton
      aria-label={t(`${name}Of`, { name: instanceId })}
      dialog={(openerId) => <RuntimeActionDialog {...props} openerId={openerId} />}
    >
      {t(name)}
    </ActButton>
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
    <ActDialog
      title={t(`${name}Title`, { name: instanceId })}
      description={<p>{t(`${name}Means`)}</p>}
      openerId={openerId}
      confirmName={t(`${name}Of`, { name: instanceId })}
      check={checkReason}
      act={(form) => action({ instanceId, reason: readText(form, "reason") })}
      onDone={({ changed }) => {
        const text = t(DONE[name][changed ? "changed" : "unchanged"], { name: instanceId });
        say({ text, undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      <ReasonField />
    </ActDialog>
  );
}
