import { z } from "zod";
import { queryFlagSchema } from "../query-flag.ts";

/** A count in a query string. */
const queryCountSchema = z
  .string()
  .regex(/^[0-9]{1,7}$/, "must be a whole number, such as 25.")
  .transform(Number);

/** What an import may do besides updating numbers, and what the sender expects it to do. */
export const importOptionsSchema = z.object({
  dryRun: queryFlagSchema.optional().meta({
    description: "Checks and compares, and says what an import would do; writes nothing.",
  }),
  expectSwitchedOff: queryCountSchema.optional().meta({
    description:
      "How many numbers it will switch off. Needed beyond 10; given, it has to be right.",
  }),
  retireAbsent: queryFlagSchema.optional().meta({
    description: "Retires, for good, every number in service that the roster leaves out.",
  }),
  expectRetired: queryCountSchema.optional().meta({
    description:
      "How many numbers it will retire. Needed beyond 5 % of those in service; given, it has to be right.",
  }),
});

export type ImportOptions = z.output<typeof importOptionsSchema>;
