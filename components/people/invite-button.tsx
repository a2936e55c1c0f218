"use client";

import { useTranslations } from "next-intl";
import type { Action } from "../actions/action.ts";
import { ActionButton } from "../actions/action-button.tsx";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { readText, TextField } from "../actions/fields.tsx";
import { SecretOnce } from "../actions/secret-once.tsx";
import { UserPlus } from "../ui/icons.tsx";
import { isolate } from "../ui/isolate.ts";
import { useToasts } from "../ui/toasts.tsx";
import type { Role } from "./person-actions.ts";
import { RoleField, toRole } from "./role-dialog.tsx";
import { usePersonCheck } from "./use-person-check.ts";

type Invite = Action<
  { name: string; email: string; role: Role },
  { name: string; email: string; password: string | null }
>;

/** Invites a person. */
export function InviteButton({ invite, hasPasswords }: { invite: Invite; hasPasswords: boolean }) {
  const t = useTranslations("personActions");
  return (
    <ActionButton
      variant="primary"
      dialog={(openerId) => (
        <InviteDialog openerId={openerId} invite={invite} hasPasswords={hasPasswords} />
      )}
    >
      <UserPlus aria-hidden className="size-4" />
      {t("invite")}
    </ActionButton>
  );
}

function InviteDialog({
  openerId,
  invite,
  hasPasswords,
}: {
  openerId: string;
  invite: Invite;
  hasPasswords: boolean;
}) {
  const t = useTranslations("personActions");
  const { say } = useToasts();
  const check = usePersonCheck();
  return (
    <ActionDialog
      title={t("invite")}
      description={<p>{t(hasPasswords ? "inviteWithPassword" : "inviteWithProvider")}</p>}
      openerId={openerId}
      confirmName={t("inviteConfirm")}
      check={check}
      action={(form) =>
        invite({
          name: readText(form, "name"),
          email: readText(form, "email"),
          role: toRole(readText(form, "role")),
        })
      }
      onDone={({ name, email, password }) => {
        say({ text: t("invited", { name: isolate(name) }), undo: null, returnFocusTo: openerId });
        if (password === null) return null;
        const hint = t("passwordHint", { email });
        return (
          <SecretOnce
            name={t("passwordOf", { name: isolate(name) })}
            hint={hint}
            secret={password}
          />
        );
      }}
    >
      <TextField name="name" label={t("name")} autoComplete="off" maxLength={100} />
      <TextField
        name="email"
        type="email"
        label={t("email")}
        hint={t("emailHint")}
        autoComplete="off"
        maxLength={254}
      />
      <RoleField defaultValue="support" />
    </ActionDialog>
  );
}
