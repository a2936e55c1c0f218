"use client";

import { useTranslations } from "next-intl";
import { isScope } from "#lib/access/permissions.ts";
import { ActButton } from "../acts/act-button.tsx";
import { ActDialog, type FieldErrors } from "../acts/act-dialog.tsx";
import { readText, TextField } from "../acts/fields.tsx";
import { SecretOnce } from "../acts/secret-once.tsx";
import { isolate } from "../ui/isolate.ts";
import { useToasts } from "../ui/toasts.tsx";
import { LifeField } from "./life-field.tsx";
import { ScopesField } from "./scopes-field.tsx";
import type { MakeToken } from "./token-act.ts";

type Kind = "service" | "personal";

/** Makes a token for a program, or for the one who looks. */
export function MakeTokenButton({ kind, make }: { kind: Kind; make: MakeToken }) {
  const t = useTranslations("tokenActs");
  return (
    <ActButton
      dialog={(openerId) => <MakeTokenDialog openerId={openerId} kind={kind} make={make} />}
    >
      {t(kind === "service" ? "makeService" : "makePersonal")}
    </ActButton>
  );
}

function MakeTokenDialog({
  openerId,
  kind,
  make,
}: {
  openerId: string;
  kind: Kind;
  make: MakeToken;
}) {
  const t = useTranslations("tokenActs");
  const { say } = useToasts();
  const isService = kind === "service";
  const check = (form: FormData): FieldErrors => ({
    name: readText(form, "name") === "" ? t("nameWrong") : null,
    scopes: isService && readScopes(form).length === 0 ? t("scopesWrong") : null,
  });
  const act = async (form: FormData) => {
    const name = readText(form, "name");
    const lifeDays = Number(readText(form, "lifeDays"));
    const result = await make(
      isService
        ? { kind: "service", name, lifeDays, scopes: readScopes(form) }
        : { kind: "personal", name, lifeDays },
    );
    return result.ok ? { ...result, value: { ...result.value, name } } : result;
  };
  return (
    <ActDialog
      title={t(isService ? "makeServiceTitle" : "makePersonalTitle")}
      description={<p>{t(isService ? "serviceMeans" : "personalMeans")}</p>}
      openerId={openerId}
      confirmName={t("makeConfirm")}
      check={check}
      act={act}
      onDone={({ name, secret }) => {
        say({ text: t("made", { name: isolate(name) }), undo: null, returnFocusTo: openerId });
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
    </ActDialog>
  );
}

function readScopes(form: FormData) {
  return form.getAll("scopes").map(String).filter(isScope);
}
