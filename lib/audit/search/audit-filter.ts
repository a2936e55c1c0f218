import { z } from "zod";
import { CHANNELS } from "../../access/actor.ts";
import { isStorable } from "../../text.ts";
import { OUTCOMES, TARGET_TYPES } from "../event.ts";

const wordSchema = z.string().min(1).max(320).refine(isStorable, "has a broken character.");

const FIRST_YEAR = 1970;
const LAST_YEAR = 9999;

const timeSchema = z.iso
  .datetime({
    offset: true,
    error: "must be a time with its zone, such as 2026-11-22T10:00:00Z.",
  })
  .transform((value) => new Date(value))
  .refine(
    (time) => time.getUTCFullYear() >= FIRST_YEAR && time.getUTCFullYear() <= LAST_YEAR,
    `must be a time of the years ${FIRST_YEAR} to ${LAST_YEAR}, in UTC.`,
  );

/** Too many words begin with one or two letters: the search would have to collect all of them. */
const SHORT_BEGINNING = /(?<![\p{L}\p{N}])[\p{L}\p{N}]{1,2}\*/u;

/** A filter for events of the trail; all given conditions have to hold. */
export const auditFilterSchema = z
  .object({
    actorId: wordSchema.optional().meta({ description: "Who: the id of a person or token." }),
    actorEmail: wordSchema
      .transform((value) => value.toLowerCase())
      .optional()
      .meta({
        description:
          "Who: whoever has this address, or had it when they did something; all that they did.",
      }),
    action: wordSchema.optional().meta({ description: "What was done.", example: "flag.enabled" }),
    targetType: z.enum(TARGET_TYPES).optional().meta({ example: "number" }),
    targetId: wordSchema
      .optional()
      .meta({ description: "To what, such as a number's phoneNumberId." }),
    accountId: z
      .guid("accountId must be an account's id.")
      .optional()
      .meta({ description: "To any number that the account has today." }),
    channel: z.enum(CHANNELS).optional(),
    outcome: z.enum(OUTCOMES).optional(),
    reason: z
      .string()
      .max(200)
      .refine(isStorable, "reason has a broken character.")
      .regex(/[\p{L}\p{N}]/u, "reason must have a letter or a digit to look for.")
      .refine(
        (words) => !SHORT_BEGINNING.test(words),
        "reason must have at least three letters or digits before an asterisk, as in acme*.",
      )
      .optional()
      .meta({
        description:
          "Words in the reason; all of them, in any order and case. An asterisk ends the beginning of a word, of three letters or digits at least: `acme*`.",
        example: "acme crm",
      }),
    from: timeSchema
      .optional()
      .meta({ description: "The earliest time, inclusive: `from` ≤ `occurredAt` < `to`." }),
    to: timeSchema.optional().meta({
      description:
        "The time before which events happened, exclusive; later than `from`. For a whole day, the beginning of the next one.",
    }),
  })
  .refine(({ from, to }) => !from || !to || from < to, {
    path: ["to"],
    error:
      "must be later than from: entries of from are listed, and those of to are not, so that nothing is in between.",
  });

export type AuditFilter = z.output<typeof auditFilterSchema>;
