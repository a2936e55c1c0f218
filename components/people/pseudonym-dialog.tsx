"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "../acts/act-dialog.tsx";
import { ReasonField, readText, TextField, useReasonCheck } from "../acts/fields.tsx";
import { isolate } from "../ui/isolate.ts";
import { Notice } from "../ui/notice.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type { ActedOn, PersonActions } from "./person-act.ts";

/** Replaces a person's data by a pseudonym, once their address was typed again. */
export function PseudonymDialog({
  person: { id: personId, name, email },
  openerId,
  pseudonymise,
}: {
  person: ActedOn;
  openerId: string;
  pseudonymise: PersonActions["pseudonymise"];
}) {
  const t = useTranslations("personActs");
  const { say } = useToasts();
  const checkReason = useReasonCheck();
  const isTheirs = (form: FormData) => readText(form, "expectedEmail").toLowerCase() === email;
  return (
    <ActDialog
      title={t("pseudonymTitle", { name: isolate(name) })}
      description={<p>{t("pseudonymMeans")}</p>}
      openerId={openerId}
      confirmName={t("pseudonymConfirm")}
      check={(form) => ({
        ...checkReason(form),
        expectedEmail: isTheirs(form) ? null : t("pseudonymWrong", { email }),
      })}
      act={(form) =>
        pseudonymise({
          personId,
          reason: readText(form, "reason"),
          expectedEmail: readText(form, "expectedEmail"),
        })
      }
      onDone={({ changed, name: pseudonym }) => {
        // Its button goes with what it replaced, so the focus goes to the page.
        const text = t(changed ? "pseudonymised" : "alreadyPseudonym", {
          name: isolate(pseudonym),
        });
        say({ text, undo: null, returnFocusTo: "content" });
        return null;
      }}
    >
      <Notice tone="danger">{t("pseudonymForGood")}</Notice>
      <p className="text-muted">{t("pseudonymStays")}</p>
      <ReasonField />
      <TextField
        name="expectedEmail"
        label={t("pseudonymType")}
        hint={email}
        autoComplete="off"
        maxLength={254}
      />
    </ActDialog>
  );
}
