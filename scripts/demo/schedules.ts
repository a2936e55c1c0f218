import type pg from "pg";
import { undoBatch } from "#lib/batches/undo-batch.ts";
import { db } from "#lib/db/client.ts";
import { setFlags } from "#lib/flags/set-flags.ts";
import { cancelSchedule } from "#lib/schedules/cancel-schedule.ts";
import { type CreateScheduleInput, createSchedule } from "#lib/schedules/create-schedule.ts";
import { runDueSchedules } from "#lib/schedules/run-due-schedules.ts";
import { newScheduleRunner } from "#lib/schedules/schedule-runner.ts";
import type { DemoStep } from "./demo-past.ts";
import type { DemoWorld } from "./demo-world.ts";
import { toChanges } from "./flag-history.ts";
import { toNextLocal } from "./next-local.ts";

type Given = Pick<CreateScheduleInput, "zone" | "reason"> & Partial<CreateScheduleInput>;

/** Schedules that were carried out, failed, were cancelled and wait, one of them until a Monday. */
export function schedules(world: DemoWorld, owner: pg.Client): DemoStep[] {
  const numbers = (business: string, count?: number) =>
    toChanges(world.numbersOf(business).slice(0, count));
  const create = async (by: "lucia" | "sofia" | "tunde", given: Given) => {
    const localTime = toNextLocal("Monday", "09:00");
    const { schedule } = await createSchedule(world.by(by), { changes: [], localTime, ...given });
    return schedule?.id ?? "";
  };
  let seasonal = "";
  let postponed = "";
  return [
    {
      ...{ daysAgo: 13, at: "16:00" },
      does: async () => {
        const reason = "Their season opens tomorrow, and guests write from Instagram";
        const changes = numbers("Hotel Costa Clara");
        seasonal = await create("tunde", { changes, zone: "Europe/Madrid", reason });
      },
    },
    {
      ...{ daysAgo: 12, at: "08:00" },
      does: async () => {
        const now = "UPDATE schedule SET at = now(), next_attempt_at = now() WHERE id = $1";
        await owner.query(now, [seasonal]);
        await runDueSchedules(newScheduleRunner());
      },
    },
    // The whole account is turned on a day later.
    {
      ...{ daysAgo: 17, at: "16:40" },
      does: () => {
        const reason = "After their stocktaking, as their manager asked";
        const changes = numbers("Lotus Silk House", 2);
        return create("lucia", { changes, zone: "Asia/Kolkata", reason });
      },
    },
    {
      ...{ daysAgo: 7, at: "12:10" },
      does: async () => {
        const reason = "They announce usernames to their tenants that day";
        const changes = numbers("Brightwater Lettings");
        postponed = await create("sofia", { changes, zone: "Europe/London", reason });
      },
    },
    {
      ...{ daysAgo: 6, at: "14:50" },
      does: () => {
        const reason = "They postponed the announcement to next month";
        return cancelSchedule(world.by("sofia"), { scheduleId: postponed, reason });
      },
    },
    {
      ...{ daysAgo: 4, at: "16:15" },
      does: () =>
        create("lucia", {
          changes: numbers("Flores del Valle"),
          ...{ localTime: toNextLocal("Friday", "18:00"), zone: "America/Bogota" },
          until: toNextLocal("Friday", "18:00", { weeks: 1 }),
          reason: "A week of orders by username, to see how many customers have no phone",
        }),
    },
  ];
}

/** A batch for the wrong business, undone a quarter of an hour later. */
export function undoneBatch(world: DemoWorld): DemoStep[] {
  const changes = toChanges(world.numbersOf("Maple Street Books"));
  let batchId = "";
  return [
    {
      ...{ daysAgo: 30, at: "17:00" },
      does: async () => {
        const reason = "They moved to the new integration, their developer wrote";
        const { changed } = await setFlags(world.by("lucia"), { changes, reason });
        batchId = await batchOf(changed[0]?.flagRevision ?? 0);
      },
    },
    {
      ...{ daysAgo: 30, at: "17:15" },
      does: () => {
        const reason = "Turned on for the wrong business: the mail was from Maple Leaf Books";
        return undoBatch(world.by("lucia"), { batchId, reason });
      },
    },
  ];
}

async function batchOf(revision: number): Promise<string> {
  const flip = await db().auditEvent.findUniqueOrThrow({ where: { revision } });
  return flip.batchId ?? "";
}
