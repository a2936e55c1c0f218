import { z } from "zod";
import { phoneNumberIdSchema } from "../../../numbers/phone-number-id.ts";
import { SCHEDULE_STATES, type ScheduleRecord } from "../../../schedules/schedule-record.ts";
import { nextCursorSchema } from "./number-schema.ts";

/** A schedule, as the API returns it. */
export const scheduleSchema = z
  .strictObject({
    id: z.uuid(),
    state: z.enum(SCHEDULE_STATES),
    title: z.string().meta({ description: "What it does, in a few words." }),
    changes: z.array(
      z.strictObject({
        phoneNumberId: phoneNumberIdSchema,
        acceptsBsuid: z.boolean(),
        flagVersion: z
          .int()
          .meta({ description: "The version that the number has to have by then." }),
      }),
    ),
    at: z.iso.datetime().meta({ description: "The instant of `localTime` in `zone`." }),
    zone: z.string().meta({ example: "America/Sao_Paulo" }),
    localTime: z.string().meta({ example: "2027-03-01T09:00" }),
    lateHours: z
      .int()
      .nullable()
      .meta({ description: "How many hours late it may be carried out; null: without limit." }),
    isBound: z.boolean().meta({
      description: "False: it sets the flags whatever happened to the numbers meanwhile.",
    }),
    reason: z.string(),
    ticketUrl: z.string().nullable(),
    author: z.strictObject({ email: z.string(), name: z.string() }),
    requestId: z
      .uuid()
      .nullable()
      .meta({ description: "The approved request that it carries out." }),
    afterId: z.uuid().nullable().meta({ description: "The schedule that has to be done before." }),
    endsWith: z
      .uuid()
      .nullable()
      .meta({ description: "The schedule that takes it back (`until`)." }),
    failure: z
      .strictObject({ code: z.string(), detail: z.string() })
      .nullable()
      .meta({ description: "Why it failed or was cancelled." }),
    endedAt: z.iso.datetime().nullable(),
    batchId: z.uuid().nullable().meta({ description: "The batch of its changes." }),
  })
  .meta({
    id: "Schedule",
    description: "Changes that are carried out at a time, and what became of them.",
  }) satisfies z.ZodType<ScheduleRecord>;

/** The path parameters of everything about one schedule. */
export const schedulePathSchema = z.object({ scheduleId: z.uuid("A schedule's id is a UUID.") });

/** A page of schedules. */
export const schedulePageSchema = z.strictObject({
  items: z.array(scheduleSchema),
  nextCursor: nextCursorSchema(),
});
