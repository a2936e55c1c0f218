import { useTranslations } from "next-intl";
import type { InboundDecision } from "#sdk/rules.ts";
import { CircleAlert, CircleCheck, CircleHelp, CircleX } from "../ui/icons.tsx";

const LOOKS = {
  accept: { Icon: CircleCheck, style: "text-green" },
  drop: { Icon: CircleX, style: "text-red" },
  refuse: { Icon: CircleAlert, style: "text-amber" },
  undecided: { Icon: CircleHelp, style: "text-muted" },
} as const;

/** The decision on a message, as a shape and a word. Null while it depends on an unknown state. */
export function EntryDecision({ decision }: { decision: InboundDecision | null }) {
  const t = useTranslations("simulator.action");
  const action = decision?.action ?? "undecided";
  const { Icon, style } = LOOKS[action];
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${style}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {t(action)}
    </span>
  );
}
