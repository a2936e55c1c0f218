import { z } from "zod";
import type { Flag } from "../../../flags/find-flag.ts";
import type { FlagDelta, FlagSnapshot } from "../../../flags/flag-bodies.ts";
import { phoneNumberIdSchema } from "../../../numbers/phone-number-id.ts";

const cursorSchema = z.string().meta({
  description: "The revision, and the start of its audit event's hash.",
  example: "1042.9f86d081",
});

/** All flags. */
export const flagSnapshotSchema = z
  .strictObject({
    kind: z.literal("snapshot"),
    cursor: cursorSchema,
    revision: z.int().meta({ example: 1042 }),
    default: z.literal(false).meta({ description: "Holds for every number that is not named." }),
    accepts: z.array(phoneNumberIdSchema).meta({ description: "The numbers that are on, sorted." }),
  })
  .meta({ id: "FlagSnapshot" }) satisfies z.ZodType<FlagSnapshot>;

/** What changed after a cursor. */
export const flagDeltaSchema = z
  .strictObject({
    kind: z.literal("delta"),
    since: cursorSchema,
    cursor: cursorSchema,
    revision: z.int().meta({ example: 1043 }),
    changes: z
      .array(
        z.strictObject({
          phoneNumberId: phoneNumberIdSchema,
          acceptsBsuid: z.boolean(),
          revision: z.int(),
        }),
      )
      .meta({ description: "One entry a number, its latest change, oldest first." }),
  })
  .meta({ id: "FlagDelta" }) satisfies z.ZodType<FlagDelta>;

/** One number's flag. */
export const flagSchema = z
  .strictObject({
    phoneNumberId: phoneNumberIdSchema,
    acceptsBsuid: z.boolean(),
    known: z.boolean().meta({ description: "False for an unknown or a retired number." }),
    cursor: cursorSchema,
    revision: z.int().meta({ example: 1042 }),
  })
  .meta({ id: "Flag" }) satisfies z.ZodType<Flag>;
