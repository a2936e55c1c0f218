import { createSchedule, createScheduleSchema } from "../../../schedules/create-schedule.ts";
import { listSchedules, listSchedulesSchema } from "../../../schedules/list-schedules.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { ACCEPTED_AS_REQUEST } from "../schemas/request-schema.ts";
import { schedulePageSchema, scheduleSchema } from "../schemas/schedule-schema.ts";

const bodySchema = createScheduleSchema.meta({
  id: "CreateSchedule",
  description: "What is to be changed, when, and why.",
});

/** Changes that are carried out at a time. */
export const schedulesRoute = defineRoute({
  path: "/api/v1/schedules",
  operations: {
    GET: operation({
      operationId: "listSchedules",
      summary: "Schedules that match: with `state=waiting` soonest first, else latest first",
      tag: "Schedules",
      access: "desk:read",
      query: listSchedulesSchema,
      response: { description: "A page of schedules.", schema: schedulePageSchema },
      answer: async ({ actor, query }) => jsonResponse(await listSchedules(actor, query)),
    }),
    POST: operation({
      operationId: "createSchedule",
      summary: "Schedule changes of flags for a local time",
      description:
        "A local time that does not exist, or without `ambiguous` exists twice, is refused with 422 naming `localTime`. When it runs, the changes pass the same checks as a change made then. With one number of an account that needs two people, all of it becomes one request for that time.",
      tag: "Schedules",
      access: "schedule:create",
      body: bodySchema,
      problems: [409, 413, 422],
      response: { status: 201, description: "The schedule, which waits.", schema: scheduleSchema },
      accepted: ACCEPTED_AS_REQUEST,
      isIdempotent: true,
      change: async ({ actor, body }) => await createSchedule(actor, body),
      toReply: ({ schedule, request }) =>
        schedule ? { status: 201, body: schedule } : { status: 202, body: { request } },
    }),
  },
});
