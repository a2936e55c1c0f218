"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { VerificationRun } from "#lib/audit/jobs/read-verification-run.ts";
import type { ActionFailure, ActionResult } from "../actions/action.ts";
import { ActionProblem } from "../actions/action-problem.tsx";
import { toUnanswered, type Unanswered } from "../actions/unanswered.ts";
import { Button } from "../ui/button.tsx";
import { isUnderWay, useRun } from "./use-run.ts";
import { VerificationProgress } from "./verification-progress.tsx";

/** The progress of a verification, whoever started it, and the button that starts one. */
export function VerifyNow({
  run: given,
  verify,
}: {
  /** The latest run; null when there was none yet. */
  run: VerificationRun | null;
  /** Null when this person may not verify. */
  verify: (() => Promise<ActionResult<VerificationRun | null>>) | null;
}) {
  const t = useTranslations("verification");
  const { run, setRun } = useRun(given);
  const [problem, setProblem] = useState<ActionFailure | Unanswered | null>(null);
  const [wasUnderWay, setWasUnderWay] = useState(false);
  const [isPending, startTransition] = useTransition();
  const isBusy = isUnderWay(run);
  if (isBusy && !wasUnderWay) setWasUnderWay(true);

  const ask = (press: NonNullable<typeof verify>) =>
    startTransition(async () => {
      const result = await press().catch(toUnanswered);
      setProblem(result.ok ? null : result);
      if (result.ok) setRun(result.value);
    });
  const label = isBusy ? t("underWay") : t(isPending ? "asking" : "now");
  return (
    <div className="flex flex-col items-start gap-2 pt-2">
      {run && <VerificationProgress run={run} />}
      {problem && <ActionProblem problem={problem} />}
      {verify && (
        <Button
          aria-disabled={isBusy || isPending}
          onClick={() => isBusy || isPending || ask(verify)}
        >
          {label}
        </Button>
      )}
      <p role="status" className="sr-only">
        {isBusy ? t("underWay") : wasUnderWay && t("ended")}
      </p>
    </div>
  );
}
