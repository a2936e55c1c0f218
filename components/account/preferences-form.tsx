"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import type { Action, ActionFailure } from "../actions/action.ts";
import { ActionProblem } from "../actions/action-problem.tsx";
import { isAnswered, toUnanswered, type Unanswered } from "../actions/unanswered.ts";
import { Button } from "../ui/button.tsx";
import { useConnection } from "../ui/connection.tsx";
import { useToasts } from "../ui/toasts.tsx";

export type SetPreferences = Action<{ zone: string | null; locale: string | null }, null>;

/** The form around the fields `zone` and `locale`, with its button. An empty choice is none. */
export function PreferencesForm({
  setPreferences,
  children,
}: {
  setPreferences: SetPreferences;
  children: ReactNode;
}) {
  const t = useTranslations("accountActions");
  const { refresh } = useConnection();
  const { say } = useToasts();
  const [problem, setProblem] = useState<ActionFailure | Unanswered | null>(null);
  const [isPending, startTransition] = useTransition();
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending) return;
    const form = new FormData(event.currentTarget);
    const read = (name: string) => String(form.get(name) ?? "") || null;
    startTransition(async () => {
      const wanted = { zone: read("zone"), locale: read("locale") };
      const result = await setPreferences(wanted).catch(toUnanswered);
      setProblem(result.ok ? null : result);
      if (result.ok) say({ text: t("preferencesSaved"), undo: null, returnFocusTo: "content" });
      if (isAnswered(result)) refresh();
    });
  };
  return (
    <form onSubmit={save} className="flex flex-col items-start gap-3 border-t pt-2">
      {children}
      <Button type="submit" aria-disabled={isPending}>
        {t("savePreferences")}
      </Button>
      {problem && <ActionProblem problem={problem} />}
    </form>
  );
}
