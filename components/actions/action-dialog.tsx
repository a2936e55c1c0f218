"use client";

import { useTranslations } from "next-intl";
import {
  createContext,
  type FormEvent,
  type ReactNode,
  type RefObject,
  useContext,
  useState,
  useTransition,
} from "react";
import { Button } from "../ui/button.tsx";
import { useConnection } from "../ui/connection.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { DialogFoot } from "../ui/dialog-foot.tsx";
import type { ActionFailure } from "./action.ts";
import { ActionProblem } from "./action-problem.tsx";
import { useDialog } from "./dialog-provider.tsx";
import { isAnswered, toUnanswered, type Unanswered } from "./unanswered.ts";

/** The error of each field, by name; null for a valid one. */
export type FieldErrors = Record<string, string | null>;

const Errors = createContext<FieldErrors>({});

/** The error of a field of the dialog; null until the first attempt to submit. */
export function useFieldError(name: string): string | null {
  return useContext(Errors)[name] ?? null;
}

/**
 * A dialog with a form for one action. Shows errors from the first attempt on, and keeps what was typed
 * when the action fails, also when the session has ended.
 */
export function ActionDialog<Value, Failure extends ActionFailure = ActionFailure>({
  title,
  description,
  openerId,
  initialFocus,
  confirmName,
  canConfirm = true,
  check,
  action,
  onDone,
  showProblem = (problem) => <ActionProblem problem={problem} />,
  news = null,
  children,
}: {
  title: string;
  description: ReactNode;
  openerId: string;
  /** The element that gets the focus first; by default the first control. */
  initialFocus?: RefObject<HTMLElement | null>;
  confirmName: string;
  /** False when there is nothing left to confirm. */
  canConfirm?: boolean;
  check: (form: FormData) => FieldErrors;
  action: (form: FormData) => Promise<{ ok: true; value: Value } | Failure>;
  /** Returns what to show in place of the form, such as a secret; null closes the dialog. */
  onDone: (value: Value) => ReactNode;
  showProblem?: (problem: Failure | Unanswered) => ReactNode;
  /** What changed elsewhere since the dialog was opened; shown unless there is a problem. */
  news?: ReactNode;
  children: ReactNode;
}) {
  const { refresh } = useConnection();
  const { close, cancel } = useDialog();
  // Null until the first attempt, because errors are not shown before it.
  const [triedForm, setTriedForm] = useState<FormData | null>(null);
  const [problem, setProblem] = useState<Failure | Unanswered | null>(null);
  const [outcome, setOutcome] = useState<ReactNode>(null);
  const [isPending, startTransition] = useTransition();

  const send = (form: FormData) =>
    startTransition(async () => {
      const result = await action(form).catch(toUnanswered);
      if (!result.ok) {
        setProblem(result);
        if (isAnswered(result) && result.code !== "UNAUTHENTICATED") refresh();
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
    setTriedForm(form);
    if (wrong) focusOn(event.currentTarget, wrong);
    else if (canConfirm && !isPending) send(form);
  };
  const recheck = (event: FormEvent<HTMLFormElement>) => {
    if (triedForm) setTriedForm(new FormData(event.currentTarget));
  };
  return (
    <Dialog
      title={title}
      description={description}
      returnFocusTo={openerId}
      initialFocus={initialFocus}
      // A result that is shown only once is closed by its own button only.
      onClose={() => outcome || cancel()}
    >
      {outcome ?? (
        <Errors value={triedForm ? check(triedForm) : {}}>
          <form
            noValidate
            onSubmit={submit}
            onChange={recheck}
            className="flex flex-1 flex-col gap-4 px-page pt-4"
          >
            {children}
            <DialogFoot problem={problem ? showProblem(problem) : news}>
              <Buttons
                confirmName={canConfirm ? confirmName : null}
                isPending={isPending}
                onCancel={cancel}
              />
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
  /** Null when there is nothing to confirm. */
  confirmName: string | null;
  isPending: boolean;
  onCancel: () => void;
}) {
  const t = useTranslations("actions");
  if (confirmName === null) return <Button onClick={onCancel}>{t("close")}</Button>;
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
