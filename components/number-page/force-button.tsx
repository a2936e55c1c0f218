"use client";

import { useTranslations } from "next-intl";
import type { Action } from "../actions/action.ts";
import { ActionButton } from "../actions/action-button.tsx";
import { ActionDialog } from "../actions/action-dialog.tsx";
import {
  ReasonField,
  readText,
  TextField,
  useReasonCheck,
  useReasonError,
} from "../actions/fields.tsx";
import { isolate } from "../ui/isolate.ts";
import { Notice } from "../ui/notice.tsx";
import { useToasts } from "../ui/toasts.tsx";

type Forced = {
  phoneNumberId: string;
  acceptsBsuid: boolean;
  expectedVersion: number;
  reason: string;
  forceReason: string;
};

type Props = {
  number: { phoneNumberId: string; label: string; acceptsBsuid: boolean; flagVersion: number };
  force: Action<Forced, { changed: boolean }>;
};

/** Changes a number's flag without a second person, where its account needs two. */
export function ForceButton(props: Props) {
  const t = useTranslations("forceDialog");
  return (
    <ActionButton dialog={(openerId) => <ForceDialog openerId={openerId} {...props} />}>
      {t(props.number.acceptsBsuid ? "forceOff" : "forceOn")}
    </ActionButton>
  );
}

function ForceDialog({ number, force, openerId }: Props & { openerId: string }) {
  const t = useTranslations("forceDialog");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  const toReasonError = useReasonError();
  const { phoneNumberId, acceptsBsuid, flagVersion: expectedVersion } = number;
  const name = isolate(number.label);
  return (
    <ActionDialog
      title={t(acceptsBsuid ? "titleOff" : "titleOn", { name })}
      description={<p>{t("means")}</p>}
      openerId={openerId}
      confirmName={t("confirm")}
      check={(form) => ({
        ...checkReason(form),
        forceReason: toReasonError(readText(form, "forceReason")),
      })}
      action={(form) =>
        force({
          phoneNumberId,
          acceptsBsuid: !acceptsBsuid,
          expectedVersion,
          reason: readText(form, "reason"),
          forceReason: readText(form, "forceReason"),
        })
      }
      onDone={({ changed }) => {
        const text = t(changed ? "forced" : "already", { name });
        say({ text, undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      <Notice tone="danger">{t("told")}</Notice>
      <ReasonField />
      <TextField name="forceReason" label={t("forceReason")} autoComplete="off" />
    </ActionDialog>
  );
}
