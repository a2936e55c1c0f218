"use server";

import { z } from "zod";
import { authorize } from "#lib/access/authorize.ts";
import { MAX_CHARACTERS } from "#lib/numbers/max-characters.ts";
import { requireNamedNumbers } from "#lib/numbers/require-named-numbers.ts";
import { cancelSchedule, cancelScheduleSchema } from "#lib/schedules/cancel-schedule.ts";
import {
  cancelWaitingSchedules,
  cancelWaitingSchedulesSchema,
} from "#lib/schedules/cancel-waiting-schedules.ts";
import { createSchedule, createScheduleSchema } from "#lib/schedules/create-schedule.ts";
import { moveSchedule, moveScheduleSchema } from "#lib/schedules/move-schedule.ts";
import { defineAction } from "../../define-action.ts";

/** Schedules a change; where an account needs two people, it becomes a request. */
export const createScheduleAction = defineAction({
  permission: "schedule:create",
  schema: createScheduleSchema.omit({ changes: true }).extend({
    /** Names the numbers, as in a mail. */
    numbers: z.string().max(MAX_CHARACTERS),
    acceptsBsuid: z.boolean(),
  }),
  run: async (actor, { numbers, acceptsBsuid, ...input }) => {
    authorize(actor, "schedule:create");
    const ids = await requireNamedNumbers(actor, { text: numbers, path: "numbers" });
    const changes = ids.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid }));
    const { schedule } = await createSchedule(actor, { ...input, changes });
    return { isRequest: schedule === null };
  },
});

/** Cancels a schedule that waits. */
export const cancelScheduleAction = defineAction({
  permission: null,
  schema: cancelScheduleSchema.required({ reason: true }),
  run: async (actor, input) => {
    await cancelSchedule(actor, input);
    return null;
  },
});

/** Moves a schedule that waits to another time. */
export const moveScheduleAction = defineAction({
  permission: null,
  schema: moveScheduleSchema.required({ reason: true }),
  run: async (actor, input) => {
    await moveSchedule(actor, input);
    return null;
  },
});

/** Cancels all that waits and came by a person, a token or a session. */
export const cancelWaitingAction = defineAction({
  permission: null,
  schema: cancelWaitingSchedulesSchema,
  run: async (actor, input) => await cancelWaitingSchedules(actor, input),
});
