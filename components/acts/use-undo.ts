import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { startTransition } from "react";
import { toReason } from "../flags/flag-rules.ts";
import type { ActResult } from "./act-result.ts";
import { useActs } from "./acts.tsx";
import { isAnswered } from "./is-answered.ts";

/** Says what was done, with the way back as an act of its own, which has its own event. */
export function useUndo(openerId: string) {
  const t = useTranslations("acts");
  const router = useRouter();
  const { say } = useActs();
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
    undo: ((reason: string) => Promise<ActResult<unknown>>) | null;
  }) => {
    if (!undo) return sayPlainly(text);
    const run = async () => {
      sayPlainly(t("undoing"));
      const result = await undo(toReason(t("undoReason", { reason }))).catch(() => null);
      if (result?.ok) sayPlainly(undoneText);
      else sayPlainly(result?.message ?? t("offline"));
      if (isAnswered(result)) startTransition(() => router.refresh());
    };
    const label = t("undo");
    say({ text, undo: { label, run: () => void run() }, returnFocusTo: openerId });
  };
}
