import { useTranslations } from "next-intl";
import { useConnection } from "../ui/connection.tsx";
import { useToasts } from "../ui/toasts.tsx";
import type { ActionResult } from "./action.ts";
import { isAnswered } from "./is-answered.ts";
import { toReason } from "./reason-rules.ts";
import { toUnanswered, toUnansweredWords } from "./unanswered.ts";

/** Says what was done, and offers to undo it, as an action with an event of its own. */
export function useUndo(openerId: string) {
  const t = useTranslations("actions");
  const { refresh } = useConnection();
  const { say } = useToasts();
  const sayPlainly = (text: string) => say({ text, undo: null, returnFocusTo: openerId });

  return ({
    text,
    undoneText,
    reason,
    undo,
  }: {
    text: string;
    undoneText: string;
    reason: string;
    /** Null where nothing was changed, or there is no way back. */
    undo: ((reason: string) => Promise<ActionResult<unknown>>) | null;
  }) => {
    if (!undo) return sayPlainly(text);
    const run = async () => {
      sayPlainly(t("undoing"));
      const result = await undo(toReason(t("undoReason", { reason }))).catch(toUnanswered);
      if (result.ok) sayPlainly(undoneText);
      else sayPlainly("message" in result ? result.message : t(toUnansweredWords(result)));
      if (isAnswered(result)) refresh();
    };
    const label = t("undo");
    say({ text, undo: { label, run: () => void run() }, returnFocusTo: openerId });
  };
}
