import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { toReason } from "../actions/reason-rules.ts";
import { toUnanswered, toUnansweredWords, type Unanswered } from "../actions/unanswered.ts";
import { isolate } from "../ui/isolate.ts";
import { type ToastContent, useToasts } from "../ui/toasts.tsx";
import type { FlagChange, FlagChangeFailure, FlagRequest, SetFlag } from "./flag-change.ts";
import type { FlagNumber } from "./flag-number.ts";
import { keepLastReason, type Why } from "./last-reason.ts";
import { LiveNote } from "./live-note.tsx";

/** A failure the server told of, or no answer. */
export type SubmissionFailure = FlagChangeFailure | (Unanswered & { current: null });

/**
 * Sends the decision, and again after a refusal: each time against the version last shown, so
 * that nobody's change is overwritten unseen.
 */
export function useFlagSubmission({
  request,
  setFlag,
  onClose,
}: {
  request: FlagRequest;
  setFlag: SetFlag;
  onClose: () => void;
}) {
  const t = useTranslations("flagDialog");
  const { say } = useToasts();
  const [shown, setShown] = useState(request.number);
  const [seen, setSeen] = useState(request.number);
  const [failure, setFailure] = useState<SubmissionFailure | null>(null);
  const [isPending, startTransition] = useTransition();

  const returnFocusTo = `flag-${request.number.phoneNumberId}`;
  const sayPlainly = (text: string) => say({ text, undo: null, returnFocusTo });

  const sayChanged = (number: FlagNumber, back: ToastContent["undo"] = null) =>
    say({
      text: t(number.acceptsBsuid ? "enabled" : "disabled", { label: isolate(number.label) }),
      undo: back,
      returnFocusTo,
      note: <LiveNote key={number.flagRevision} revision={number.flagRevision} />,
    });

  const undo = async (number: FlagNumber, why: Why) => {
    sayPlainly(t("undoing"));
    const reason = toReason(t("undoReason", { reason: why.reason }));
    const change = toChange(number, !number.acceptsBsuid, { ...why, reason });
    const result = await setFlag(change).catch(toUnanswered);
    if (result.ok) sayChanged(result.number);
    else sayPlainly("message" in result ? result.message : t(toUnansweredWords(result)));
  };

  const submit = (why: Why) =>
    startTransition(async () => {
      const change = toChange(shown, request.acceptsBsuid, why);
      const result = await setFlag(change).catch(toUnanswered);
      if (result.ok) {
        keepLastReason(why);
        onClose();
        const { number, changed } = result;
        const state = number.acceptsBsuid ? "accepting" : "phoneOnly";
        if (changed) sayChanged(number, { label: t("undo"), run: () => void undo(number, why) });
        else sayPlainly(t("already", { label: isolate(number.label), state }));
        return;
      }
      setFailure("current" in result ? result : { ...result, current: null });
      setSeen(shown);
      if ("current" in result && result.current) setShown(result.current);
    });

  const isSettled = shown.acceptsBsuid === request.acceptsBsuid || shown.retiredAt !== null;
  return { submit, failure, seen, isPending, canConfirm: !isSettled };
}

function toChange(
  { phoneNumberId, flagVersion }: FlagNumber,
  acceptsBsuid: boolean,
  why: Why,
): FlagChange {
  return { phoneNumberId, acceptsBsuid, expectedVersion: flagVersion, ...why };
}
