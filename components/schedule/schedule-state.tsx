import { useTranslations } from "next-intl";
import type { ScheduleState as State } from "#lib/schedules/schedule-record.ts";
import { Ban, CircleCheck, CircleX, Clock, type Icon } from "../ui/icons.tsx";

const LOOKS: Record<State, { Icon: Icon; style: string }> = {
  waiting: { Icon: Clock, style: "text-text" },
  done: { Icon: CircleCheck, style: "text-green" },
  failed: { Icon: CircleX, style: "text-red" },
  cancelled: { Icon: Ban, style: "text-muted" },
};

/** What became of a schedule, as a shape and a word. */
export function ScheduleState({ state }: { state: State }) {
  const t = useTranslations("schedule");
  const { Icon, style } = LOOKS[state];
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${style}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {t(`state.${state}`)}
    </span>
  );
}
