import { moveSchedule, moveScheduleSchema } from "../../../schedules/move-schedule.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { schedulePathSchema, scheduleSchema } from "../schemas/schedule-schema.ts";

const bodySchema = moveScheduleSchema
  .omit({ scheduleId: true })
  .meta({ id: "MoveSchedule", description: "The new time; by default in the schedule's zone." });

/** Moves a schedule that waits. */
export const scheduleMoveRoute = defineRoute({
  path: "/api/v1/schedules/{scheduleId}/move",
  operations: {
    POST: operation({
      operationId: "moveSchedule",
      summary: "Move a schedule that waits to another time",
      description:
        "Your own, or as an admin anybody's; not that of an approved request, whose time was approved, too. Nothing is left at the old time.",
      tag: "Schedules",
      access: "schedule:cancel",
      params: schedulePathSchema,
      body: bodySchema,
      problems: [404, 409, 413, 422],
      response: { description: "The schedule at its new time.", schema: scheduleSchema },
      isIdempotent: true,
      change: async ({ actor, params, body }) => await moveSchedule(actor, { ...params, ...body }),
      toReply: (schedule) => ({ body: schedule }),
    }),
  },
});
