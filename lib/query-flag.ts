import { z } from "zod";

/** A flag in a query string. */
export const queryFlagSchema = z
  .enum(["true", "false"], { error: "must be true or false." })
  .transform((value) => value === "true");
