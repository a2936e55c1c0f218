"use client";

import { type ReactNode, useOptimistic, useState, useTransition } from "react";
import type { NoticeKind } from "#lib/notices/notice-kinds.ts";
import type { Action, ActionFailure } from "../actions/action.ts";
import { ActionProblem } from "../actions/action-problem.tsx";
import { isAnswered, toUnanswered, type Unanswered } from "../actions/unanswered.ts";
import { useConnection } from "../ui/connection.tsx";

export type SetMuted = Action<{ kind: NoticeKind; isMuted: boolean }, null>;

/** A box that switches a kind of notice on or off at once. */
export function NoticeSwitch({
  kind,
  isMuted,
  setMuted,
  children,
}: {
  kind: NoticeKind;
  isMuted: boolean;
  setMuted: SetMuted;
  /** What the kind tells of. */
  children: ReactNode;
}) {
  const { refresh } = useConnection();
  const [saved, setSaved] = useState(isMuted);
  const [shown, show] = useOptimistic(saved);
  const [problem, setProblem] = useState<ActionFailure | Unanswered | null>(null);
  const [isPending, startTransition] = useTransition();
  const change = () =>
    startTransition(async () => {
      show(!saved);
      const result = await setMuted({ kind, isMuted: !saved }).catch(toUnanswered);
      setProblem(result.ok ? null : result);
      if (result.ok) setSaved(!saved);
      if (isAnswered(result)) refresh();
    });
  return (
    <>
      <label className="flex min-h-8 items-center gap-2">
        <input
          type="checkbox"
          checked={!shown}
          aria-disabled={isPending}
          onChange={() => isPending || change()}
          className="size-4 shrink-0 accent-ink"
        />
        {children}
      </label>
      {problem && <ActionProblem problem={problem} />}
    </>
  );
}
