import { useTranslations } from "next-intl";
import { useUndo } from "../actions/use-undo.ts";
import { useConnection } from "../ui/connection.tsx";
import { isolate } from "../ui/isolate.ts";
import type { ChangedFlag, SetFlag } from "./flag-change.ts";
import type { FlagNumber } from "./flag-number.ts";
import type { LastReason } from "./last-reason.ts";
import { useLiveNote } from "./use-live-note.ts";

/**
 * Returns a function that shows the result of a flag change and where it is live, and offers to undo it.
 */
export function useFlagToast({ number, setFlag }: { number: FlagNumber; setFlag: SetFlag }) {
  const t = useTranslations("flagDialog");
  const sayWithUndo = useUndo(`flag-${number.phoneNumberId}`);

  const toSaid = ({ number, changed, requestId }: ChangedFlag) => {
    const { label, acceptsBsuid, flagRevision } = number;
    const name = isolate(label);
    if (requestId) {
      return {
        text: t("requested", { label: name }),
        note: (
          <a href={`/requests/${requestId}`} className="block text-meta underline">
            {t("openRequest")}
          </a>
        ),
      };
    }
    const state = acceptsBsuid ? "accepting" : "phoneOnly";
    if (!changed) return { text: t("already", { label: name, state }) };
    return {
      text: t(acceptsBsuid ? "enabled" : "disabled", { label: name }),
      note: <LiveProgress key={flagRevision} revision={flagRevision} />,
    };
  };
  return ({ why, ...value }: ChangedFlag & { why: LastReason }) => {
    const { phoneNumberId, acceptsBsuid, flagVersion: expectedVersion } = value.number;
    const back = { phoneNumberId, acceptsBsuid: !acceptsBsuid, expectedVersion };
    sayWithUndo({
      done: toSaid(value),
      undone: toSaid,
      reason: why.reason,
      undo: value.changed ? (reason) => setFlag({ ...back, ...why, reason }) : null,
    });
  };
}

/**
 * Shows where a change is live. Once it is live everywhere, refreshes what the page says about the
 * runtimes.
 */
function LiveProgress({ revision }: { revision: number }) {
  const { refresh } = useConnection();
  const live = useLiveNote(revision, refresh);
  if (!live || live.text === "") return null;
  return (
    // Read aloud once it is live everywhere, not at each step.
    <span aria-live={live.isSettled ? "polite" : "off"} className="block text-meta">
      {live.text}
    </span>
  );
}
