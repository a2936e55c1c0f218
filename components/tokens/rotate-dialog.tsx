"use client";

import { useTranslations } from "next-intl";
import { ActionDialog, type FieldErrors } from "../actions/action-dialog.tsx";
import { ChoiceField, readText } from "../actions/fields.tsx";
import { SecretOnce } from "../actions/secret-once.tsx";
import { isolate } from "../ui/isolate.ts";
import { useToasts } from "../ui/toasts.tsx";
import { LifeField } from "./life-field.tsx";
import { OwnPasswordField, readOwnPassword } from "./own-password-field.tsx";
import {
  OVERLAP_HOURS,
  type RotateToken,
  type TargetToken,
  USUAL_OVERLAP_HOURS,
} from "./token-actions.ts";

/** Replaces a token by a new one; the old one stays valid for the overlap. */
export function RotateDialog({
  token: { id: tokenId, name, kind },
  openerId,
  asksPassword,
  rotate,
}: {
  token: TargetToken;
  asksPassword: boolean;
  openerId: string;
  rotate: RotateToken;
}) {
  const t = useTranslations("tokenActions");
  const { say } = useToasts();
  const action = (form: FormData) =>
    rotate({
      tokenId,
      lifeDays: Number(readText(form, "lifeDays")),
      overlapHours: Number(readText(form, "overlapHours")),
      password: readOwnPassword(form),
    });
  const check = (form: FormData): FieldErrors => ({
    ownPassword: readOwnPassword(form) === "" ? t("ownPasswordMissing") : null,
  });
  return (
    <ActionDialog
      title={t("rotateTitle", { name: isolate(name) })}
      description={<p>{t("rotateMeans")}</p>}
      openerId={openerId}
      confirmName={t("rotateConfirm")}
      check={check}
      action={action}
      onDone={({ secret }) => {
        say({ text: t("rotated", { name: isolate(name) }), undo: null, returnFocusTo: openerId });
        return (
          <SecretOnce
            name={t("secretOf", { name: isolate(name) })}
            hint={t("secretHint")}
            secret={secret}
          />
        );
      }}
    >
      <ChoiceField
        name="overlapHours"
        label={t("overlap")}
        hint={t("overlapHint")}
        defaultValue={String(USUAL_OVERLAP_HOURS)}
      >
        {OVERLAP_HOURS.map((count) => (
          <option key={count} value={count}>
            {toWords(count)}
          </option>
        ))}
      </ChoiceField>
      <LifeField kind={kind} />
      {asksPassword && <OwnPasswordField />}
    </ActionDialog>
  );

  function toWords(hours: number): string {
    if (hours === 0) return t("overlapNone");
    return hours < 24 ? t("hours", { count: hours }) : t("days", { count: hours / 24 });
  }
}
