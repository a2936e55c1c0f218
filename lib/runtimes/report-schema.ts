import { z } from "zod";
import { databaseNow } from "../db/database-clock.ts";
import { phoneNumberIdSchema } from "../numbers/phone-number-id.ts";

/** The most numbers and hours that one report may count. */
const MAX_COUNTS = 10_000;
const MAX_MESSAGES = 1_000_000_000;

const HOUR_MS = 3_600_000;
/** How long a runtime may be cut off and still report its counts. */
const OLDEST_HOUR_MS = 35 * 24 * HOUR_MS;
/** How far a runtime's clock may be ahead. */
const CLOCK_ERROR_MS = HOUR_MS;
const OLDEST_APPLIED_AT = Date.UTC(2020, 0);

const countSchema = z
  .int({ error: "must be a whole number." })
  .min(0, "must not be negative.")
  .max(MAX_MESSAGES, "must be at most 1,000,000,000.");

const hourSchema = z.iso
  .datetime({ error: "hour must be a time of UTC, such as 2026-11-22T10:00:00Z.", abort: true })
  .regex(/T\d{2}:00:00(\.0{1,3})?Z$/, "hour must be a whole hour.")
  .refine((hour) => {
    const age = databaseNow().getTime() - Date.parse(hour);
    return age <= OLDEST_HOUR_MS && age >= -CLOCK_ERROR_MS;
  }, "hour must be one of the last 35 days. Look at the runtime's clock.")
  .meta({ description: "The hour's beginning.", example: "2026-11-22T10:00:00Z" });

const countsSchema = z.strictObject({
  phoneNumberId: phoneNumberIdSchema,
  hour: hourSchema,
  phoneLessDropped: countSchema,
  phoneLessAccepted: countSchema,
  phoneAndBsuid: countSchema,
  legacy: countSchema,
  unidentified: countSchema,
});

const appliedAtSchema = z.iso
  .datetime({
    error: "appliedAt must be a time of UTC, such as 2026-11-22T10:00:00Z.",
    abort: true,
  })
  .refine((time) => {
    const at = Date.parse(time);
    return at >= OLDEST_APPLIED_AT && at <= databaseNow().getTime() + CLOCK_ERROR_MS;
  }, "appliedAt must be after 2020 and not in the future. Look at the runtime's clock.")
  .meta({ description: "When it applied that cursor, by its own clock." });

export const instanceIdSchema = z
  .string({ error: "instanceId must be text." })
  .regex(/^[A-Za-z0-9._-]{1,64}$/, "instanceId is 1 to 64 of A-Z a-z 0-9 . _ and -.");

/** The last refusal that a runtime's client got, perhaps from something in front of the console. */
const refusalSchema = z
  .strictObject({
    what: z.enum(["flags", "reports"]),
    status: z.int().min(100).max(599).nullable().meta({ description: "The HTTP status." }),
    since: appliedAtSchema,
    until: appliedAtSchema.nullable().meta({ description: "Null while it lasts." }),
  })
  .meta({
    description: "What was refused to it last, by whatever stands in front of the console.",
  });

/** A runtime's report on itself and on the messages it decided: counts only, nothing about customers. */
export const reportSchema = z
  .strictObject({
    instanceId: instanceIdSchema.meta({
      description: "One process, for as long as it runs.",
      example: "rt-1",
    }),
    sequence: z
      .int({ error: "sequence must be a whole number." })
      .min(0, "sequence must not be negative.")
      .meta({ description: "Higher with each report; the same again for a retry." }),
    sdk: z
      .string({ error: "sdk must be text." })
      .regex(/^[A-Za-z0-9@._/-]{1,64}\/[A-Za-z0-9._+-]{1,32}$/, "sdk must be name/version.")
      .meta({ example: "name/1.0.0" }),
    appliedCursor: z
      .string({ error: "appliedCursor must be text." })
      .regex(/^(0|[1-9][0-9]{0,14})\.[0-9a-f]{8}$/, "appliedCursor must be a cursor of the flags.")
      .meta({ description: "What it decides by now.", example: "1042.9f86d081" }),
    appliedAt: appliedAtSchema,
    counts: z
      .array(countsSchema)
      .max(MAX_COUNTS, "At most 10,000 counts in one report; send the rest in another.")
      .superRefine((counts, context) => {
        const seen = new Set<string>();
        for (const [index, { phoneNumberId, hour }] of counts.entries()) {
          const key = `${phoneNumberId} ${Date.parse(hour)}`;
          if (seen.has(key)) {
            const message = `${phoneNumberId} is counted twice for ${hour}.`;
            context.addIssue({ code: "custom", path: [index], message });
          }
          seen.add(key);
        }
      }),
    refusal: refusalSchema.optional(),
    closing: z
      .boolean({ error: "closing must be true or false." })
      .optional()
      .meta({ description: "It ends in good order, and is not missed." }),
  })
  .meta({ id: "Report", description: "Counts only: no customer's id and no message text." });

export type Report = z.output<typeof reportSchema>;
