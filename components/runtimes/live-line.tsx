import { useFormatter, useNow, useTranslations } from "next-intl";
import type { LiveState } from "#lib/runtimes/read-live-state.ts";
import { Radio, TriangleAlert } from "../ui/icons.tsx";
import { toLiveText } from "./live-text.ts";

/** Says whether the runtimes have the flag's last change. */
export function LiveLine({ state }: { state: LiveState }) {
  const t = useTranslations("live");
  const format = useFormatter();
  const now = useNow();
  const isWaiting = state.waitingFor.length > 0;
  const Icon = isWaiting ? TriangleAlert : Radio;
  return (
    <p className={`flex gap-1.5 ${isWaiting ? "text-amber" : "text-muted"}`}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 wrap-anywhere">{toLiveText(state, { t, format, now })}</span>
    </p>
  );
}
