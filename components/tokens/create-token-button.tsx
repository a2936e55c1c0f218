"use client";

import { useTranslations } from "next-intl";
import { isScope } from "#lib/access/permissions.ts";
import { ActionButton } from "../actions/action-button.tsx";
import { ActionDialog, type FieldErrors } from "../actions/action-dialog.tsx";
import { readText, TextField } from "../actions/fields.tsx";
import { SecretOnce } from "../actions/secret-once.tsx";
import { isolate } from "../ui/isolate.ts";
import { useToasts } from "../ui/toasts.tsx";
import { LifeField } from "./life-field.tsx";
import { OwnPasswordField, readOwnPassword } from "./own-password-field.tsx";
import { ScopesField } from "./scopes-field.tsx";
import type { CreateToken } from "./token-actions.ts";

type Props = {
  kind: "service" | "personal";
  /** Whether to ask for the password again, as for people who signed in with one. */
  asksPassword: boolean;
  create: CreateToken;
};

/** Creates a token for a program, or for the viewer. */
export function CreateTokenButton(props: Props) {
  const t = useTranslations("tokenActions");
  return (
    <ActionButton dialog={(openerId) => <CreateTokenDialog openerId={openerId} {...props} />}>
      {t(props.kind === "service" ? "createService" : "createPersonal")}
    </ActionButton>
  );
}

function CreateTokenDialog({ openerId, kind, asksPassword, create }: Props & { openerId: string }) {
  const t = useTranslations("tokenActions");
  const { say } = useToasts();
  const isService = kind === "service";
  const check = (form: FormData): FieldErrors => ({
    name: readText(form, "name") === "" ? t("nameWrong") : null,
    scopes: isService && readScopes(form).length === 0 ? t("scopesWrong") : null,
    ownPassword: readOwnPassword(form) === "" ? t("ownPasswordMissing") : null,
  });
  const action = async (form: FormData) => {
    const name = readText(form, "name");
    const common = {
      name,
      lifeDays: Number(readText(form, "lifeDays")),
      password: readOwnPassword(form),
    };
    const result = await create(
      isService
        ? { kind: "service", ...common, scopes: readScopes(form) }
        : { kind: "personal", ...common },
    );
    return result.ok ? { ...result, value: { ...result.value, name } } : result;
  };
  return (
    <ActionDialog
      title={t(isService ? "createService" : "createPersonal")}
      description={<p>{t(isService ? "serviceMeans" : "personalMeans")}</p>}
      openerId={openerId}
      confirmName={t("createConfirm")}
      check={check}
      action={action}
      onDone={({ name, secret }) => {
        say({ text: t("created", { name: isolate(name) }), undo: null, returnFocusTo: openerId });
        return (
          <SecretOnce
            name={t("secretOf", { name: isolate(name) })}
            hint={t("secretHint")}
            secret={secret}
          />
        );
      }}
    >
      <TextField
        name="name"
        label={t("name")}
        hint={t("nameHint")}
        autoComplete="off"
        maxLength={100}
      />
      {isService && <ScopesField />}
      <LifeField kind={kind} />
      {asksPassword && <OwnPasswordField />}
    </ActionDialog>
  );
}

function readScopes(form: FormData) {
  return form.getAll("scopes").map(String).filter(isScope);
}
