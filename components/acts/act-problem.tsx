import { useTranslations } from "next-intl";
import { Notice } from "../ui/notice.tsx";
import type { ActFailure } from "./act-result.ts";
import { toUnansweredWords, type Unanswered } from "./unanswered.ts";

/** A failure the server told of, or no answer. */
export type ActProblemState = ActFailure | Unanswered;

/** Why it was refused, and what to do next. */
export function ActProblem({ problem }: { problem: ActProblemState }) {
  const t = useTranslations("acts");
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
