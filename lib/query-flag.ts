import { z } from "zod";

/** A boolean in a query string. */
export const queryFlagSchema = z
  .enum(["true", "false"], { error: "must be true or false." })
  .transform((value) => value === "true");
