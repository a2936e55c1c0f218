import { useState } from "react";
import type { LiveChange } from "#lib/live/to-events.ts";
import { useLiveChanges } from "../live/use-live-changes.ts";
import { fetchPageData } from "../page-data.ts";
import type { FlagNumber } from "./flag-number.ts";

const TIMEOUT_MS = 5_000;

/**
 * The number as last read: by a refused change, or because somebody changed it while the dialog is open.
 *
 * @returns `isNews`: whether it was changed since the dialog was opened
 */
export function useCurrentNumber(number: FlagNumber): {
  current: FlagNumber;
  setCurrent: (current: FlagNumber) => void;
  isNews: boolean;
} {
  const [current, setCurrent] = useState(number);
  const { phoneNumberId } = number;
  useLiveChanges((change) => {
    if (change !== null && !isOf(phoneNumberId, change)) return;
    fetchPageData(`/numbers/${phoneNumberId}/flag`, AbortSignal.timeout(TIMEOUT_MS))
      .then((read) => setCurrent((shown) => (isNewer(read, shown) ? read : shown)))
      // Confirming finds out, too.
      .catch(() => {});
  });
  return { current, setCurrent, isNews: isNewer(current, number) };
}

const isNewer = (read: FlagNumber, shown: FlagNumber) => read.flagVersion > shown.flagVersion;

/** A change of many numbers names none. */
const isOf = (id: string, { kind, ids }: LiveChange) =>
  kind === "flag" && (ids.length === 0 || ids.includes(id));
