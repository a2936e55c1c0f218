import { cancelSchedule, cancelScheduleSchema } from "../../../schedules/cancel-schedule.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { schedulePathSchema, scheduleSchema } from "../schemas/schedule-schema.ts";

const bodySchema = cancelScheduleSchema
  .pick({ reason: true })
  .optional()
  .meta({ description: "Why it is cancelled." });

/** Cancels a schedule that waits. */
export const scheduleCancelRoute = defineRoute({
  path: "/api/v1/schedules/{scheduleId}/cancel",
  operations: {
    POST: operation({
      operationId: "cancelSchedule",
      summary: "Cancel a schedule that waits, with its end and what was to follow it",
      description:
        "Your own, or as an admin anybody's. 409 when it was carried out: undo that instead.",
      tag: "Schedules",
      access: "schedule:cancel",
      params: schedulePathSchema,
      body: bodySchema,
      isBodyOptional: true,
      problems: [404, 409, 413],
      response: { description: "The schedule, cancelled.", schema: scheduleSchema },
      isIdempotent: true,
      change: async ({ actor, params, body }) =>
        await cancelSchedule(actor, { ...params, ...body }),
      toReply: (schedule) => ({ body: schedule }),
    }),
  },
});
