import { useFormatter, useTranslations } from "next-intl";
import type { RuntimeRecord } from "#lib/runtimes/list-runtimes.ts";
import { CircleCheck, History, TriangleAlert, VolumeX } from "../ui/icons.tsx";

/** The conditions of an instance, worst first. */
type Condition = "silent" | "lost" | "behind" | "current";

export function toRuntimeCondition({ isLive, revisionsBehind }: RuntimeRecord): Condition {
  if (!isLive) return "silent";
  if (revisionsBehind === null) return "lost";
  return revisionsBehind > 0 ? "behind" : "current";
}

const ICONS = { silent: VolumeX, lost: History, behind: TriangleAlert, current: CircleCheck };

/** The condition as a shape and in words. */
export function RuntimeState({ runtime }: { runtime: RuntimeRecord }) {
  const t = useTranslations("runtimes");
  const format = useFormatter();
  const condition = toRuntimeCondition(runtime);
  const Icon = ICONS[condition];
  const { revisionsBehind, lagSeconds } = runtime;
  const lag = format.number(lagSeconds ?? 0, {
    maximumFractionDigits: (lagSeconds ?? 0) < 10 ? 1 : 0,
  });
  const behind =
    revisionsBehind === null ? t("elsewhere") : t("behind", { count: revisionsBehind, lag });
  const isBehind = revisionsBehind !== 0;
  return (
    <span
      className={`flex items-start gap-1.5 ${condition === "current" ? "text-green" : "text-red"}`}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {condition === "silent" && <span className="block font-medium">{t("silent")}</span>}
        {condition === "current"
          ? t("current")
          : isBehind && <span className="block">{behind}</span>}
      </span>
    </span>
  );
}
