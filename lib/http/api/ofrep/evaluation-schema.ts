import { z } from "zod";
import { phoneNumberIdSchema } from "../../../numbers/phone-number-id.ts";
import type { Evaluation } from "./evaluate.ts";
import { OFREP_ERROR_CODES } from "./evaluation-error.ts";
import type { OfrepFailure } from "./failure.ts";

const keySchema = z.string().meta({ example: "accept-bsuid" });

const metadataSchema = z.strictObject({
  revision: z.int().meta({ example: 1042 }),
  cursor: z.string().meta({ example: "1042.9f86d081" }),
});

/** The request body of OFREP 0.3.0; clients add attributes of their own. */
export const evaluationRequestSchema = z
  .looseObject({ context: z.looseObject({ targetingKey: phoneNumberIdSchema }) })
  .meta({ id: "OfrepRequest" });

/** One flag's value. */
export const evaluationSchema = z
  .strictObject({
    key: keySchema,
    value: z.boolean(),
    reason: z.literal("TARGETING_MATCH").meta({
      description: "For off as well: the value depends on the targeting key either way.",
    }),
    variant: z.enum(["on", "off"]),
    metadata: metadataSchema,
  })
  .meta({ id: "OfrepEvaluation" }) satisfies z.ZodType<Evaluation>;

/** The values of all flags, of which there is one. */
export const bulkEvaluationSchema = z
  .strictObject({ flags: z.array(evaluationSchema), metadata: metadataSchema })
  .meta({ id: "OfrepBulkEvaluation" });

/** Every error on OFREP's paths. */
export const ofrepFailureSchema = z
  .strictObject({
    key: keySchema,
    errorCode: z.enum(OFREP_ERROR_CODES),
    errorDetails: z.string(),
    requestId: z.string().meta({ description: "The same as in the x-request-id header." }),
  })
  .meta({ id: "OfrepFailure" }) satisfies z.ZodType<OfrepFailure>;
