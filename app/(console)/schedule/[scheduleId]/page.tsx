import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Moment } from "#components/moment.tsx";
import { ScheduleButtons } from "#components/schedule/schedule-buttons.tsx";
import { ScheduleFacts } from "#components/schedule/schedule-facts.tsx";
import { isolate } from "#components/ui/isolate.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listNumbersById } from "#lib/numbers/list-numbers-by-id.ts";
import { MAX_IDS } from "#lib/numbers/max-ids.ts";
import { listScheduleAccounts } from "#lib/schedules/list-schedule-accounts.ts";
import { requireActor } from "../../../session.ts";
import { cancelScheduleAction, moveScheduleAction } from "../actions.ts";
import { canChange } from "../can-change.ts";
import { requireSchedule } from "./require-schedule.ts";

type Props = PageProps<"/schedule/[scheduleId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { scheduleId } = await params;
  const actor = await requireActor(`/schedule/${scheduleId}`);
  const { title } = await requireSchedule(actor, scheduleId);
  return { title: isolate(title) };
}

const toId = ({ phoneNumberId }: { phoneNumberId: string }) => phoneNumberId;

export default async function OneSchedulePage({ params }: Props) {
  const { scheduleId } = await params;
  const actor = await requireActor(`/schedule/${scheduleId}`);
  const schedule = await requireSchedule(actor, scheduleId);
  const [accounts, numbers, t] = await Promise.all([
    listScheduleAccounts(actor, [schedule.id]),
    listNumbersById(actor, schedule.changes.slice(0, MAX_IDS).map(toId)),
    getTranslations("schedule"),
  ]);
  return (
    <>
      <PageHeader title={<bdi>{schedule.title}</bdi>} back={{ href: "/schedule", name: t("back") }}>
        {canChange(actor, schedule) && (
          <ScheduleButtons
            schedule={schedule}
            cancel={cancelScheduleAction.bind(null, actor.id)}
            move={schedule.requestId ? null : moveScheduleAction.bind(null, actor.id)}
          />
        )}
      </PageHeader>
      <ScheduleFacts
        schedule={schedule}
        numbers={numbers}
        accounts={accounts.get(schedule.id) ?? []}
        endedAt={schedule.endedAt && <Moment at={schedule.endedAt} isExact />}
      />
    </>
  );
}
