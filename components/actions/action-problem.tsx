import { useTranslations } from "next-intl";
import { Notice } from "../ui/notice.tsx";
import type { ActionFailure } from "./action.ts";
import { toUnansweredWords, type Unanswered } from "./unanswered.ts";

/** Why an action was refused or got no answer, and what to do next. */
export function ActionProblem({ problem }: { problem: ActionFailure | Unanswered }) {
  const t = useTranslations("actions");
  return (
    <Notice tone={problem.code === "PRECONDITION_FAILED" ? "warning" : "danger"} isAlert>
      <p>{"message" in problem ? problem.message : t(toUnansweredWords(problem))}</p>
      {problem.code === "UNAUTHENTICATED" && (
        <a href="/sign-in" target="_blank" rel="noreferrer" className="underline">
          {t("signInAgain")}
        </a>
      )}
    </Notice>
  );
}
