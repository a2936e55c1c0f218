"use client";

import { useTranslations } from "next-intl";
import {
  createContext,
  type FormEvent,
  type ReactNode,
  useContext,
  useState,
  useTransition,
} from "react";
import { Button } from "../ui/button.tsx";
import { useConnection } from "../ui/connection.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { DialogFoot } from "../ui/dialog-foot.tsx";
import type { ActionResult } from "./action.ts";
import { ActionProblem, type ActionProblemState } from "./action-problem.tsx";
import { useDialog } from "./dialog-provider.tsx";
import { isAnswered } from "./is-answered.ts";
import { toUnanswered } from "./unanswered.ts";

/** What is wrong with each field, by name; null: nothing. */
export type FieldErrors = Record<string, string | null>;

const Errors = createContext<FieldErrors>({});

/** What was wrong with a field of the dialog when it was last sent. */
export function useFieldError(name: string): string | null {
  return useContext(Errors)[name] ?? null;
}

/**
 * A dialog with a form that does one thing. Says what is wrong once it was tried, keeps what was
 * typed when it fails, also when that is because the session ended.
 */
export function ActionDialog<Value>({
  title,
  description,
  openerId,
  confirmName,
  check,
  action,
  onDone,
  children,
}: {
  title: string;
  description: ReactNode;
  openerId: string;
  confirmName: string;
  check: (form: FormData) => FieldErrors;
  action: (form: FormData) => Promise<ActionResult<Value>>;
  /** What to show instead of the form, such as a secret; else the dialog closes. */
  onDone: (value: Value) => ReactNode;
  children: ReactNode;
}) {
  const { refresh } = useConnection();
  const { close } = useDialog();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<ActionProblemState | null>(null);
  const [outcome, setOutcome] = useState<ReactNode>(null);
  const [isPending, startTransition] = useTransition();

  const send = (form: FormData) =>
    startTransition(async () => {
      const result = await action(form).catch(toUnanswered);
      if (!result.ok) {
        setProblem(result);
        const isAnew = isAnswered(result) && result.code !== "UNAUTHENTICATED";
        if (isAnew) refresh();
        return;
      }
      const next = onDone(result.value);
      if (next) setOutcome(next);
      else close();
    });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const problems = check(form);
    const wrong = Object.keys(problems).find((name) => problems[name]);
    setErrors(problems);
    if (wrong) focusOn(event.currentTarget, wrong);
    else if (!isPending) send(form);
  };
  return (
    <Dialog
      title={title}
      description={description}
      returnFocusTo={openerId}
      // What is shown once leaves by its own button only.
      onClose={() => outcome || close()}
    >
      {outcome ?? (
        <Errors value={errors}>
          <form noValidate onSubmit={submit} className="flex flex-col gap-4 px-4 pt-4 sm:px-5">
            {children}
            <DialogFoot problem={problem && <ActionProblem problem={problem} />}>
              <Buttons confirmName={confirmName} isPending={isPending} onCancel={close} />
            </DialogFoot>
          </form>
        </Errors>
      )}
    </Dialog>
  );
}

function Buttons({
  confirmName,
  isPending,
  onCancel,
}: {
  confirmName: string;
  isPending: boolean;
  onCancel: () => void;
}) {
  const t = useTranslations("actions");
  return (
    <>
      <Button onClick={onCancel}>{t("cancel")}</Button>
      <Button type="submit" variant="primary" aria-disabled={isPending}>
        <span className="wrap-anywhere">{isPending ? t("saving") : confirmName}</span>
      </Button>
    </>
  );
}

function focusOn(form: HTMLFormElement, name: string): void {
  const control = form.querySelector(`[name="${name}"]`);
  if (control instanceof HTMLElement) control.focus();
}
