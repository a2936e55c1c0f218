import { useTranslations } from "next-intl";
import { useId } from "react";
import { SCOPES, type Scope } from "#lib/access/permissions.ts";
import { useFieldError } from "../actions/action-dialog.tsx";

const WORDS = {
  "flags:read": "scope_flags_read",
  "reports:write": "scope_reports_write",
  "numbers:read": "scope_numbers_read",
  "roster:write": "scope_roster_write",
  "audit:read": "scope_audit_read",
} as const satisfies Record<Scope, string>;

/** The scopes of a program's token, each with what it allows. */
export function ScopesField() {
  const t = useTranslations("tokenActions");
  const error = useFieldError("scopes");
  const noteId = useId();
  return (
    <fieldset aria-describedby={noteId} className="flex flex-col gap-1">
      <legend className="pb-1 font-medium">{t("scopes")}</legend>
      {SCOPES.map((scope) => (
        <label key={scope} className="flex min-h-6 items-baseline gap-2">
          <input
            type="checkbox"
            name="scopes"
            value={scope}
            className="size-4 shrink-0 translate-y-0.5 accent-ink"
          />
          <span className="wrap-anywhere">
            <code className="font-mono text-[0.9em]">{scope}</code>{" "}
            <span className="text-muted">{t(WORDS[scope])}</span>
          </span>
        </label>
      ))}
      <p id={noteId} className={error === null ? "text-meta text-muted" : "text-meta text-red"}>
        {error ?? t("scopesHint")}
      </p>
    </fieldset>
  );
}
