import { useTranslations } from "next-intl";
import { ChoiceField, TextField } from "../actions/fields.tsx";
import type { AccountPersonOption } from "./account-actions.ts";

/** Stands for "keep each account's own" among the choices of a manager; no address has blanks. */
export const KEEP = "keep as it is";

/** The choice of a manager, by address; an empty one for none. */
export function ManagerField({
  people,
  email,
  canKeep = false,
}: {
  people: readonly AccountPersonOption[];
  /** The present choice; null for none. */
  email: string | null;
  canKeep?: boolean;
}) {
  const t = useTranslations("accountDialogs");
  const isListed = email === null || people.some((person) => person.email === email);
  return (
    <ChoiceField name="email" label={t("manager")} defaultValue={canKeep ? KEEP : (email ?? "")}>
      {canKeep && <option value={KEEP}>{t("keepManagers")}</option>}
      <option value="">{t("noManager")}</option>
      {!isListed && <option value={email}>{email}</option>}
      {people.map((person) => (
        <option key={person.email} value={person.email}>
          {person.name} ({person.email})
        </option>
      ))}
    </ChoiceField>
  );
}

/** Stand-ins by address, between commas or blanks. */
export function StandInsField({ standIns, hint }: { standIns: readonly string[]; hint: string }) {
  const t = useTranslations("accountDialogs");
  return (
    <TextField
      name="standIns"
      label={t("standIns")}
      hint={hint}
      defaultValue={standIns.join(", ")}
      autoComplete="off"
      isOptional
    />
  );
}

/** The addresses in what was typed. */
export function toAddresses(typed: string): string[] {
  return typed.split(/[\s,;]+/).filter((address) => address !== "");
}
