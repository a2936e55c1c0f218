"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import type { Action, ActionFailure } from "../actions/action.ts";
import { ActionProblem } from "../actions/action-problem.tsx";
import { readText, useReasonError } from "../actions/fields.tsx";
import { isTicketUrl } from "../actions/reason-rules.ts";
import { toUnanswered, type Unanswered } from "../actions/unanswered.ts";
import { Button } from "../ui/button.tsx";
import { Choice } from "../ui/choice.tsx";
import { AskChecklist } from "./ask-checklist.tsx";
import {
  AskNumbers,
  type ChosenNumber,
  findObstacle,
  toWantedState,
  type Wanted,
} from "./ask-numbers.tsx";
import { AskTime, readTime } from "./ask-time.tsx";
import { AskWhy } from "./ask-why.tsx";

type Asked = {
  changes: { phoneNumberId: string; acceptsBsuid: boolean }[];
  reason: string;
  ticketUrl: string | null;
  checks: string[];
  localTime?: string;
  zone?: string;
  ambiguous?: "earlier" | "later";
};

type Problem = ActionFailure<"ambiguous"> | Unanswered;

/** Asks for a change of the chosen numbers. What was typed stays while numbers are added. */
export function AskForm({
  numbers,
  first,
  zone,
  ask,
}: {
  numbers: readonly ChosenNumber[];
  /** What it begins with, as when a request is asked again. */
  first: { wanted: Wanted; reason: string; ticketUrl: string; checks: readonly string[] };
  zone: string;
  ask: Action<Asked, { id: string }, "ambiguous">;
}) {
  const t = useTranslations("askRequest");
  const router = useRouter();
  const toReasonError = useReasonError();
  const [wanted, setWanted] = useState(first.wanted);
  const [errors, setErrors] = useState<Record<string, string | null>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPending, startTransition] = useTransition();
  const changes = numbers
    .filter((number) => findObstacle(number, wanted) === null)
    .map((number) => ({
      phoneNumberId: number.phoneNumberId,
      acceptsBsuid: toWantedState(number, wanted),
    }));

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const reason = readText(form, "reason");
    const ticketUrl = readText(form, "ticketUrl");
    const problems = {
      numbers: changes.length === 0 ? t("numbersNone") : null,
      reason: toReasonError(reason),
      ticketUrl: isTicketUrl(ticketUrl) ? null : t("ticketWrong"),
    };
    setErrors(problems);
    const wrong = Object.entries(problems).find(([, error]) => error !== null)?.[0];
    if (wrong) focusOn(event.currentTarget, wrong);
    if (wrong || isPending) return;
    startTransition(async () => {
      const checks = form.getAll("checks").map(String);
      const input = { changes, reason, ticketUrl: ticketUrl || null, checks, ...readTime(form) };
      const result = await ask(input).catch(toUnanswered);
      if (result.ok) router.push(`/requests/${result.value.id}`);
      else setProblem(result);
    });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Choice
        label={t("wanted")}
        value={wanted}
        options={[
          { value: "on", label: t("on") },
          { value: "off", label: t("off") },
          ...(first.wanted === "each" ? [{ value: "each" as const, label: t("each") }] : []),
        ]}
        onChange={setWanted}
      />
      <AskNumbers numbers={numbers} wanted={wanted} error={errors.numbers ?? null} />
      <AskWhy first={first} errors={errors} />
      <AskTime zone={zone} isAmbiguous={isAmbiguous(problem)} />
      {wanted !== "off" && <AskChecklist ticked={first.checks} />}
      {problem && <ActionProblem problem={problem} />}
      <div>
        <Button type="submit" variant="primary" aria-disabled={isPending}>
          {t(isPending ? "asking" : "confirm")}
        </Button>
      </div>
    </form>
  );
}

function isAmbiguous(problem: Problem | null): boolean {
  return problem !== null && "current" in problem && problem.current === "ambiguous";
}

function focusOn(form: HTMLFormElement, name: string): void {
  const control = form.querySelector(`[name="${name}"]`);
  if (control instanceof HTMLElement) control.focus();
}
