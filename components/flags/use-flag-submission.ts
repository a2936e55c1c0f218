import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type {
  FlagChange,
  FlagChangeFailure,
  FlagRequest,
  FlagToast,
  SetFlag,
} from "./flag-change.ts";
import type { FlagNumber } from "./flag-number.ts";
import { toReason } from "./flag-rules.ts";
import { keepLastReason, type Why } from "./last-reason.ts";

/** A failure the server told of, or silence instead of an answer. */
export type SubmissionFailure = FlagChangeFailure | { code: "OFFLINE"; current: null };

/**
 * Sends the decision, and again after a refusal: each time against the version last shown, so
 * that nobody's change is overwritten unseen.
 */
export function useFlagSubmission({
  request,
  setFlag,
  onClose,
  onToast,
}: {
  request: FlagRequest;
  setFlag: SetFlag;
  onClose: () => void;
  onToast: (toast: FlagToast) => void;
}) {
  const t = useTranslations("flagDialog");
  const [shown, setShown] = useState(request.number);
  const [seen, setSeen] = useState(request.number);
  const [failure, setFailure] = useState<SubmissionFailure | null>(null);
  const [isPending, startTransition] = useTransition();

  const say = (number: FlagNumber) =>
    t(number.acceptsBsuid ? "enabled" : "disabled", { label: number.label });

  const toast = (
    text: string,
    { undo: back = null, revision = null }: Partial<Pick<FlagToast, "undo" | "revision">> = {},
  ) =>
    onToast({ text, undo: back, revision, returnFocusTo: `flag-${request.number.phoneNumberId}` });

  const undo = async (number: FlagNumber, why: Why) => {
    toast(t("undoing"));
    const reason = toReason(t("undoReason", { reason: why.reason }));
    const change = toChange(number, !number.acceptsBsuid, { ...why, reason });
    const result = await setFlag(change).catch(() => null);
    if (result?.ok) toast(say(result.number), { revision: result.number.flagRevision });
    else toast(result?.message ?? t("offline"));
  };

  const submit = (why: Why) =>
    startTransition(async () => {
      const change = toChange(shown, request.acceptsBsuid, why);
      const result = await setFlag(change).catch(() => null);
      if (result?.ok) {
        keepLastReason(why);
        onClose();
        const { number, changed } = result;
        const state = number.acceptsBsuid ? "accepting" : "phoneOnly";
        const text = changed ? say(number) : t("already", { label: number.label, state });
        const back = { label: t("undo"), run: () => void undo(number, why) };
        toast(text, changed ? { undo: back, revision: number.flagRevision } : {});
        return;
      }
      setFailure(result ?? { code: "OFFLINE", current: null });
      setSeen(shown);
      if (result?.current) setShown(result.current);
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
