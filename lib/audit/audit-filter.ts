import { z } from "zod";

const wordSchema = z.string().min(1).max(320);
const timeSchema = z.iso
  .datetime({ offset: true, error: "must be a time such as 2026-11-22T10:00:00Z." })
  .transform((value) => new Date(value))
  // PostgreSQL's calendar has no year 0, which JavaScript's has.
  .refine((time) => time.getUTCFullYear() > 0, "must be a time after the year 0.");

/** Too many words begin with one or two letters: all of them would have to be gathered. */
const SHORT_BEGINNING = /(?<![\p{L}\p{N}])[\p{L}\p{N}]{1,2}\*/u;

/** Which events of the trail; what is given has to hold all together. */
export const auditFilterSchema = z.object({
  actorId: wordSchema.optional().meta({ description: "Who: the id of a person or token." }),
  actorEmail: wordSchema
    .transform((value) => value.toLowerCase())
    .optional()
    .meta({ description: "Who: the person's address at the time." }),
  action: wordSchema.optional().meta({ description: "What was done.", example: "flag.enabled" }),
  targetType: wordSchema.optional().meta({ example: "number" }),
  targetId: wordSchema
    .optional()
    .meta({ description: "To what, such as a number's phoneNumberId." }),
  accountId: z
    .guid("accountId must be an account's id.")
    .optional()
    .meta({ description: "To any number that the account has today." }),
  channel: z.enum(["ui", "api", "import", "schedule", "cli"]).optional(),
  outcome: z.enum(["success", "denied", "failed"]).optional(),
  reason: z
    .string()
    .max(200)
    .regex(/[\p{L}\p{N}]/u, "reason must have a letter or a digit to look for.")
    .refine(
      (words) => !SHORT_BEGINNING.test(words),
      "reason must have at least three letters or digits before an asterisk, as in acme*.",
    )
    .optional()
    .meta({
      description:
        "Words of the reason; all of them, in any order and case. An asterisk ends the beginning of a word, of three letters or digits at least: `acme*`.",
      example: "acme crm",
    }),
  from: timeSchema.optional().meta({ description: "The earliest time, inclusive." }),
  to: timeSchema.optional().meta({ description: "The time before which events happened." }),
});

export type AuditFilter = z.output<typeof auditFilterSchema>;
