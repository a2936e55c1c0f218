"use client";

import { useId, useState, useTransition } from "react";
import { Button } from "../ui/button.tsx";
import { useConnection } from "../ui/connection.tsx";
import { usePassFocusOn } from "../ui/use-pass-focus-on.ts";
import type { Action, ActionFailure } from "./action.ts";
import { ActionProblem } from "./action-problem.tsx";
import { isAnswered, toUnanswered, type Unanswered } from "./unanswered.ts";

/** A button that acts at once, for what takes no reason and can be done again; then the page is refreshed. */
export function InstantButton<Input>({
  action,
  input,
  name,
  label,
}: {
  action: Action<Input, null>;
  input: Input;
  name: string;
  /** What a screen reader says, where the name alone is not clear. */
  label?: string;
}) {
  const id = useId();
  const { refresh } = useConnection();
  const [problem, setProblem] = useState<ActionFailure | Unanswered | null>(null);
  const [isPending, startTransition] = useTransition();
  usePassFocusOn(id);
  const run = () =>
    startTransition(async () => {
      const result = await action(input).catch(toUnanswered);
      setProblem(result.ok ? null : result);
      if (isAnswered(result)) refresh();
    });
  return (
    <>
      <Button
        id={id}
        {...(label ? { "aria-label": label } : {})}
        aria-disabled={isPending}
        onClick={() => isPending || run()}
      >
        {name}
      </Button>
      {problem && <ActionProblem problem={problem} />}
    </>
  );
}
