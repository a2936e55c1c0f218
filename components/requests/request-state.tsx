import { useTranslations } from "next-intl";
import type { RequestState as State } from "#lib/flags/pending/request-record.ts";
import {
  CalendarClock,
  CircleCheck,
  CircleDashed,
  CircleX,
  Hourglass,
  type Icon,
  TriangleAlert,
  Undo2,
} from "../ui/icons.tsx";

/** The state as a shape and a word, so that it does not depend on colour. */
export function RequestState({ state }: { state: State }) {
  const t = useTranslations("requests");
  const { Icon, style } = LOOKS[state];
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${style}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {t(`state.${state}`)}
    </span>
  );
}

const LOOKS: Record<State, { Icon: Icon; style: string }> = {
  open: { Icon: CircleDashed, style: "font-medium text-amber" },
  scheduled: { Icon: CalendarClock, style: "font-medium text-text" },
  approved: { Icon: CircleCheck, style: "text-text" },
  declined: { Icon: CircleX, style: "text-text" },
  withdrawn: { Icon: Undo2, style: "text-muted" },
  void: { Icon: TriangleAlert, style: "text-muted" },
  expired: { Icon: Hourglass, style: "text-muted" },
  failed: { Icon: TriangleAlert, style: "text-red" },
};
