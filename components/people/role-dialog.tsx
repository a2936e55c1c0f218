"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ROLES } from "#lib/access/roles.ts";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { ChoiceField, ReasonField, readText, useReasonCheck } from "../actions/fields.tsx";
import { useUndo } from "../actions/use-undo.ts";
import { isolate } from "../ui/isolate.ts";
import { Notice } from "../ui/notice.tsx";
import type { PersonActions, Role, TargetPerson } from "./person-actions.ts";

/** Changes a person's role. When somebody else did so meanwhile, shows both roles and asks again. */
export function RoleDialog({
  person,
  openerId,
  setRole,
}: {
  person: TargetPerson;
  openerId: string;
  setRole: PersonActions["setRole"];
}) {
  const t = useTranslations("personActions");
  const roleName = useTranslations("role");
  const checkReason = useReasonCheck();
  const sayWithUndo = useUndo(openerId);
  const [seen, setSeen] = useState(person.role);
  const { id: personId, name } = person;

  const action = async (form: FormData) => {
    const role = toRole(readText(form, "role"));
    const reason = readText(form, "reason");
    const result = await setRole({ personId, role, expectedRole: seen, reason });
    if (!result.ok && result.current) setSeen(result.current);
    return result.ok ? { ...result, value: { ...result.value, role, reason } } : result;
  };
  const done = ({ changed, role, reason }: { changed: boolean; role: Role; reason: string }) => {
    const words = { name, role: roleName(role) };
    const back = { personId, role: seen, expectedRole: role };
    sayWithUndo({
      done: { text: t(changed ? "roleChanged" : "roleAlready", words) },
      undone: () => ({ text: t("roleChanged", { name: isolate(name), role: roleName(seen) }) }),
      reason,
      undo: changed && !person.isSelf ? (why) => setRole({ ...back, reason: why }) : null,
    });
    return null;
  };
  return (
    <ActionDialog
      title={t("changeRoleTitle", { name: isolate(name) })}
      description={<p>{t("roleNow", { name: isolate(name), role: roleName(seen) })}</p>}
      openerId={openerId}
      confirmName={t("changeRole")}
      check={(form) => ({
        role: readText(form, "role") === seen ? t("roleWrong") : null,
        ...checkReason(form),
      })}
      action={action}
      onDone={done}
    >
      {person.isSelf && <Notice tone="warning">{t("isYou")}</Notice>}
      {seen !== person.role && (
        <Notice tone="warning">
          {t("roleStale", {
            name: isolate(name),
            seen: roleName(person.role),
            now: roleName(seen),
          })}
        </Notice>
      )}
      <RoleField defaultValue={person.role} />
      <ReasonField />
    </ActionDialog>
  );
}

/** The four roles, each with what it may do. */
export function RoleField({ defaultValue }: { defaultValue: Role }) {
  const t = useTranslations("personActions");
  return (
    <ChoiceField name="role" label={t("role")} defaultValue={defaultValue}>
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {t(`roleIs_${role}`)}
        </option>
      ))}
    </ChoiceField>
  );
}

/** Casts the select's value to a role: it offers nothing else. */
export function toRole(value: string): Role {
  return ROLES.find((role) => role === value) ?? "support";
}
