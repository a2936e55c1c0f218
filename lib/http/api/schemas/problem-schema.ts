import { z } from "zod";
import type { ErrorCode } from "../../../errors.ts";
import { PROBLEMS, type Problem } from "../problem.ts";

/** The body of every error of the API. */
export const problemSchema = z
  .strictObject({
    type: z.string().meta({ example: "/problems/not-found" }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: "What happened, why, and what to do about it." }),
    code: z.enum(Object.keys(PROBLEMS) as ErrorCode[]),
    requestId: z.string().meta({ description: "The same as in the x-request-id header." }),
    errors: z
      .array(z.strictObject({ path: z.string(), message: z.string() }))
      .meta({ description: "Each thing wrong with what was sent." })
      .exactOptional(),
  })
  .meta({ id: "Problem", description: "RFC 9457." }) satisfies z.ZodType<Problem>;
