import { useTranslations } from "next-intl";
import { useConnection } from "../ui/connection.tsx";
import { type ToastContent, useToasts } from "../ui/toasts.tsx";
import type { ActionResult } from "./action.ts";
import { toReason } from "./reason-rules.ts";
import { isAnswered, toUnanswered, toUnansweredWords } from "./unanswered.ts";

type Said = Pick<ToastContent, "text" | "note">;

/** Shows what was done, and offers to undo it as a separate action with its own event. */
export function useUndo(returnFocusTo: string) {
  const t = useTranslations("actions");
  const { refresh } = useConnection();
  const { say } = useToasts();
  const sayDone = (said: Said) => say({ ...said, undo: null, returnFocusTo });

  return <Value>({
    done,
    undone,
    reason,
    undo,
  }: {
    done: Said;
    undone: (value: Value) => Said;
    reason: string;
    /** Null when nothing was changed, or it cannot be undone. */
    undo: ((reason: string) => Promise<ActionResult<Value>>) | null;
  }) => {
    if (!undo) return sayDone(done);
    const run = async () => {
      sayDone({ text: t("undoing") });
      const result = await undo(toReason(t("undoReason", { reason }))).catch(toUnanswered);
      if (result.ok) sayDone(undone(result.value));
      else sayDone({ text: "message" in result ? result.message : t(toUnansweredWords(result)) });
      if (isAnswered(result)) refresh();
    };
    say({ ...done, undo: { label: t("undo"), run: () => void run() }, returnFocusTo });
  };
}
