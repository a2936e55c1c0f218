import { getSchedule } from "../../../schedules/get-schedule.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { schedulePathSchema, scheduleSchema } from "../schemas/schedule-schema.ts";

/** One schedule. */
export const scheduleRoute = defineRoute({
  path: "/api/v1/schedules/{scheduleId}",
  operations: {
    GET: operation({
      operationId: "getSchedule",
      summary: "One schedule, whatever became of it",
      tag: "Schedules",
      access: "desk:read",
      params: schedulePathSchema,
      problems: [404],
      response: { description: "The schedule.", schema: scheduleSchema },
      answer: async ({ actor, params: { scheduleId } }) =>
        jsonResponse(await getSchedule(actor, scheduleId)),
    }),
  },
});
